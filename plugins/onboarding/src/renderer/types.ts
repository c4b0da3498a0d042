import { ReactNode } from 'react';

/** One step as a renderer shows it. */
export interface RenderedStep {
  /** Changes with each step. */
  id: string;
  title: string;
  content: ReactNode;
  /** What it points to; absent for the middle of the page. */
  target?: HTMLElement;
  /** The reader is to use the page: focus is not kept inside. */
  leavesPageUsable: boolean;
}

/** What every renderer of tours takes. */
export interface TourRendererProps {
  step: RenderedStep;
  /** From 0. */
  index: number;
  total: number;
  /** Neither scroll nor fade. */
  reducedMotion: boolean;
  /** Absent where nothing comes before. */
  onBack?: () => void;
  /** Absent where the reader has to use the page to go on. */
  onNext?: () => void;
  onEnd(): void;
}
