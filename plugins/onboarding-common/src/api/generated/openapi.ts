// Generated from openapi.yaml by "yarn generate". Do not edit.
export interface paths {
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tours, progress, milestones and checklist of the person who asks */
        get: operations["GetMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/tours/{ref}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Records how far the person who asks is in a tour
         * @description Progress goes forward only, and only for the version of the tour that is in the catalog. Sending the same again changes nothing.
         */
        put: operations["PutProgress"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/tours/{ref}/missing-target": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reports that a step of a tour points to something that is not there */
        post: operations["ReportMissingTarget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/broken-steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Steps of tours whose targets people did not find */
        get: operations["ListBrokenSteps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/time-to-first-template-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long people take from their first sign-in to their first template run */
        get: operations["GetTimeToFirstTemplateRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ErrorBody: {
            error: {
                name: string;
                message: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        Me: {
            userRef: string;
            tours: components["schemas"]["TourView"][];
            /** @description Ref of the tour to offer now; absent when none is */
            offer?: string;
            milestones: components["schemas"]["Milestone"][];
            checklist?: components["schemas"]["Checklist"];
            /** @description The procedure of the first week, when the reader sees it */
            checklistSopRef?: string;
        };
        TourView: {
            tourRef: string;
            title: string;
            description?: string;
            owner?: string;
            version: number;
            minutes?: number;
            steps: components["schemas"]["TourStep"][];
            progress?: components["schemas"]["Progress"];
        };
        TourStep: {
            id: string;
            title: string;
            body: string;
            target?: string;
            page?: string;
            hint?: string;
            /** @enum {string} */
            advanceOn?: "click";
            fallback?: string;
        };
        /** @enum {string} */
        ProgressStatus: "offered" | "started" | "finished" | "dismissed";
        ProgressUpdate: {
            version: number;
            status: components["schemas"]["ProgressStatus"];
            /** @description With started, the step that is shown now */
            stepId?: string;
            /** @description With started, begins again from the first step */
            restart?: boolean;
        };
        Progress: {
            tourRef: string;
            version: number;
            status: components["schemas"]["ProgressStatus"];
            stepId?: string;
            /** Format: date-time */
            offeredAt?: string;
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            finishedAt?: string;
            finishedVersion?: number;
            /** Format: date-time */
            dismissedAt?: string;
            /** Format: date-time */
            updatedAt: string;
        };
        Milestone: {
            /** @enum {string} */
            kind: "first-sign-in" | "first-template-run" | "first-sop-run";
            /** Format: date-time */
            at?: string;
            /** @description Id of the template run or the run it comes from */
            evidence?: string;
        };
        Checklist: {
            runId: string;
            title: string;
            status: string;
            done: number;
            total: number;
            items: components["schemas"]["ChecklistItem"][];
        };
        ChecklistItem: {
            stepId: string;
            name: string;
            status: string;
            tour?: string;
            /** @description The reader may act on it now */
            mine: boolean;
        };
        BrokenStep: {
            tourRef: string;
            version: number;
            stepId: string;
            target: string;
            /** @description People who reported it */
            reports: number;
            /** Format: date-time */
            firstSeenAt?: string;
            /** Format: date-time */
            lastSeenAt: string;
        };
        TimeToFirst: {
            /** @description The fewest people over whom figures are shown */
            minimum: number;
            distribution?: components["schemas"]["Distribution"];
            own: {
                /** @description Absent before the first sign-in */
                hours?: number;
                reached: boolean;
            };
        };
        Distribution: {
            n: number;
            /** @description People who are not there yet */
            censored: number;
            medianHours?: number;
            p75Hours?: number;
            bins: {
                fromHours: number;
                toHours?: number;
                reached: number;
                waiting: number;
            }[];
        };
    };
    responses: {
        /** @description A Backstage error body */
        Error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
    };
    parameters: {
        /** @description Entity ref of the tour, encoded */
        ref: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    GetMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything the onboarding page shows of its reader */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    PutProgress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity ref of the tour, encoded */
                ref: components["parameters"]["ref"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProgressUpdate"];
            };
        };
        responses: {
            /** @description The progress as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Progress"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ReportMissingTarget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity ref of the tour, encoded */
                ref: components["parameters"]["ref"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                    stepId: string;
                };
            };
        };
        responses: {
            /** @description The report was taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    ListBrokenSteps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Steps of the versions in the catalog, most reported first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BrokenStep"][];
                    };
                };
            };
            default: components["responses"]["Error"];
        };
    };
    GetTimeToFirstTemplateRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The distribution, or only one's own time with fewer than five people */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimeToFirst"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
}
