/** What is known when somebody asks to declare. @public */
export interface DeclareRequestHint {
  /** What is affected. */
  entityRef?: string;
  /** How to name it in the title; else the name in its ref. */
  entityName?: string;
}

type Listener = (hint: DeclareRequestHint) => void;

/**
 * Lets the sidebar, menus and cards open the one form that the app's root
 * holds. Nothing happens while no root listens.
 * @public
 */
export class DeclareLauncher {
  private readonly listeners = new Set<Listener>();

  /** Opens the form. */
  open(hint: DeclareRequestHint = {}): void {
    this.listeners.forEach(listener => listener(hint));
  }

  /** Returns a function that stops listening. */
  onOpen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }
}
