/** Where this tab remembers, over a reload, that a tour was running. */
const STORAGE_KEY = 'handrail.onboarding.running';

/** The tour that runs in this tab. */
export interface RunningTour {
  tourRef: string;
  /** Begins at the first step, whatever was reached before. */
  restart: boolean;
}

/**
 * Which tour runs in this tab. It outlives the page that started it; how far
 * the tour is, is kept by the server. Pages and the host share it.
 */
export class TourSession {
  #running: RunningTour | undefined;
  #opener: { element?: HTMLElement; id?: string } = {};
  readonly #listeners = new Set<() => void>();
  readonly #storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
    this.#storage = storage;
    const tourRef = storage.getItem(STORAGE_KEY);
    this.#running = tourRef ? { tourRef, restart: false } : undefined;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly current = (): RunningTour | undefined => this.#running;

  /** Starts a tour, and ends another one that runs. */
  start(tourRef: string, options: { restart?: boolean } = {}): void {
    const { activeElement } = document;
    const element =
      activeElement instanceof HTMLElement && activeElement !== document.body
        ? activeElement
        : undefined;
    this.#opener = { element, id: element?.id || undefined };
    this.#running = { tourRef, restart: options.restart ?? false };
    this.#storage.setItem(STORAGE_KEY, tourRef);
    this.#tell();
  }

  /** Ends the tour and gives the focus back. */
  end(): void {
    this.#running = undefined;
    this.#storage.removeItem(STORAGE_KEY);
    this.#tell();
    // After the tour has left the page, and what it covered is there again.
    setTimeout(() => this.#restoreFocus(), 0);
  }

  /**
   * To the opener; where its page was left, to the same button if it is there
   * again, else to the entry that leads to all tours.
   */
  #restoreFocus(): void {
    const { element, id } = this.#opener;
    const candidates = [
      element?.isConnected ? element : undefined,
      id ? document.getElementById(id) : undefined,
      document.querySelector<HTMLElement>('[data-tour="nav.onboarding"]'),
      document.querySelector<HTMLElement>('main'),
    ];
    for (const candidate of candidates) {
      candidate?.focus();
      if (candidate && document.activeElement === candidate) {
        return;
      }
    }
  }

  #tell(): void {
    this.#listeners.forEach(listener => listener());
  }
}
