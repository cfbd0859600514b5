import { Component, type ComponentChildren } from 'preact';
import { Notice } from './notice.tsx';
import { linkTo } from './route.ts';

interface Props {
  /** The address; another one makes a new attempt. */
  readonly at: string;
  readonly children: ComponentChildren;
}

/** Shows what went wrong in the place of a view that failed, so that no address leaves an empty page. */
export class ErrorBoundary extends Component<Props, { readonly failed?: { readonly at: string; readonly message: string } }> {
  override componentDidCatch(error: unknown): void {
    this.setState({ failed: { at: this.props.at, message: error instanceof Error ? error.message : String(error) } });
  }

  override render(): ComponentChildren {
    const { failed } = this.state;
    if (failed === undefined || failed.at !== this.props.at) return this.props.children;
    return (
      <>
        <h1>This cannot be shown</h1>
        <Notice kind="error">{failed.message}</Notice>
        <p>
          <a href={linkTo('home')}>To the first page</a>
        </p>
      </>
    );
  }
}
