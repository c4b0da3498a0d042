/** A page as a step wants it. */
export interface WikiPage {
  /** Key of one of the spaces that the configuration lists. */
  space: string;
  /** Unique in the space: a page with this title is replaced. */
  title: string;
  markdown: string;
  /** Title of the page below which a new one is put. */
  parent?: string;
}

/** What became of it. */
export interface PublishedPage {
  pageId: string;
  url: string;
  /** Number of the version that has the text. */
  version: number;
  created: boolean;
  /** False when the page had this text from an earlier call. */
  changed: boolean;
}

/** A wiki. */
export interface WikiAdapter {
  /**
   * Creates a page, or gives the one with its title a new version.
   * @throws ConflictError when somebody else changes it at the same time.
   * @throws InputError for a space or a parent that is not there.
   */
  publish(page: WikiPage): Promise<PublishedPage>;
}
