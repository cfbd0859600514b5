import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { belowRoot, formatRoute, linkTo, parseRoute, queryValue, queryValues, VIEW_NAMES, withQuery } from '../../src/web/route.ts';

describe('addresses', () => {
  it('can be read: what needs no escape has none', () => {
    const query = [
      ['m', 'rk3588'],
      ['set', 'ID_AA64ISAR0_EL1.AES:1@0-3,6'],
      ['cmdline', 'arm64.nosve quiet'],
      ['guest', 'ID_AA64PFR0_EL1.SVE=0'],
    ] as const;
    const link = './machine/rk3588/?set=ID_AA64ISAR0_EL1.AES:1@0-3,6&cmdline=arm64.nosve+quiet&guest=ID_AA64PFR0_EL1.SVE=0';
    expect(linkTo('machine', '', query)).toBe(link);
    expect(parseRoute(belowRoot(link))).toEqual({ route: { view: 'machine', name: '', query }, problems: [] });
  });

  it('a name stands behind its view', () => {
    expect(linkTo('hwcap', 'ilrcpc')).toBe('./hwcap/ilrcpc/');
    expect(parseRoute('feat/FEAT_LRCPC2/').route).toEqual({ view: 'feat', name: 'FEAT_LRCPC2', query: [] });
  });

  it.each(['', '#', '#/'])('%j is the first page', (hash) => {
    expect(parseRoute(hash)).toEqual({ route: { view: 'home', name: '', query: [] }, problems: [] });
  });

  it.each(['#/nowhere', '#/__proto__', '#/constructor/x?y=1'])('%s leads to the first page and says so', (hash) => {
    const { route, problems } = parseRoute(hash);
    expect(route.view).toBe('home');
    expect(problems).toHaveLength(1);
  });

  it('keeps the rest where one part is not well formed', () => {
    const { route, problems } = parseRoute('#/machine?m=a&x=%zz&k=5.10');
    expect(route.query).toEqual([
      ['m', 'a'],
      ['k', '5.10'],
    ]);
    expect(problems).toEqual(['“x=%zz” in the address is not well formed and was left out.']);
  });

  it('what is written is read again, whatever stands in it', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aZ0 +&=#?%/:@,;"<>\'\\[]{}|~é🦾\n\t\0') });
    const query = fc.array(fc.tuple(text.filter(Boolean), text), { maxLength: 5 });
    fc.assert(
      fc.property(fc.constantFrom(...VIEW_NAMES.filter((view) => view !== 'home')), text, query, (view, name, own) => {
        const href = formatRoute({ view, name, query: own });
        const { route, problems } = parseRoute(belowRoot(href));
        expect(problems).toEqual([]);
        // A machine stands in the path of its page and in the query of its route.
        if (view === 'machine') expect(formatRoute(route)).toBe(href);
        else expect(route).toEqual({ view, name, query: own });
      }),
    );
  });

  it('no address makes it fail', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (hash) => {
        const { route } = parseRoute(hash);
        expect(VIEW_NAMES).toContain(route.view);
        expect(formatRoute({ ...route, name: hash })).toMatch(/^\.\//);
      }),
    );
  });
});

describe('queries', () => {
  const query = [
    ['m', 'a'],
    ['set', 'x'],
    ['set', 'y'],
    ['k', '1'],
  ] as const;

  it('give the first value of a key, or all', () => {
    expect(queryValue(query, 'set')).toBe('x');
    expect(queryValues(query, 'set')).toEqual(['x', 'y']);
    expect(queryValue(query, 'z')).toBeUndefined();
  });

  it('take other values in the place where the key stood', () => {
    expect(withQuery(query, 'set', 'z')).toEqual([
      ['m', 'a'],
      ['set', 'z'],
      ['k', '1'],
    ]);
    expect(withQuery(query, 'set')).toEqual([
      ['m', 'a'],
      ['k', '1'],
    ]);
    expect(withQuery(query, 'new', '1', '2').slice(-2)).toEqual([
      ['new', '1'],
      ['new', '2'],
    ]);
  });
});
