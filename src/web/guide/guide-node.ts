/** What an element has besides what stands in it; `null`: nothing. */
export type GuideAttributes = Readonly<Record<string, string | number>> | null;

/** An element of a page. The build makes them of Markdown, and pages are full of them: they have no names for their parts. */
export type GuideElement = readonly [tag: string, attributes: GuideAttributes, ...children: GuideNode[]];

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
