import { HumanDuration } from '@backstage/types';

export interface Config {
  /** What golden paths check before they publish. */
  goldenPaths?: {
    /** Programs; default those on PATH or named by HANDRAIL_HELM, HANDRAIL_PROMTOOL. */
    tools?: {
      /** Path of Helm 3 or 4. */
      helm?: string;
      /** Path of promtool, which comes with Prometheus. */
      promtool?: string;
    };
    verify?: {
      /** Checks that pass with a warning where their program is missing. */
      optional?: Array<'helm' | 'prometheus'>;
      /** Bytes; larger files are skipped and reported. Default 1000000. */
      maxFileSize?: number;
      /** More files than this are refused. Default 5000. */
      maxFiles?: number;
      /** How long one program may take. Default one minute. */
      timeout?: HumanDuration | string;
    };
  };
}
