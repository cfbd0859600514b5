import { render } from 'preact';
import { App } from './app.tsx';
import { applyTheme, storedTheme } from './theme.ts';

const place = document.getElementById('app');
if (place !== null) {
  applyTheme(storedTheme());
  place.textContent = '';
  render(<App />, place);
}
