/** An element of a page. The build makes them of Markdown. */
export interface GuideElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly GuideNode[];
}

/** An element, or text. */
export type GuideNode = string | GuideElement;

/** The name and the title of a page. */
export interface GuideLink {
  readonly name: string;
  readonly title: string;
}

/** A page of the guide. */
export interface GuidePage {
  readonly title: string;
  /** The page before it in the index; absent at the first one and in the index itself. */
  readonly before?: GuideLink;
  /** The page behind it. */
  readonly after?: GuideLink;
  readonly nodes: readonly GuideNode[];
}
