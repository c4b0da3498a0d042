// Generated from openapi.yaml by "yarn generate". Do not edit.
export interface paths {
    "/slos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Objectives, those in the worst state first, then by title
         * @description Cheap enough to ask again every 30 seconds. `totals` count what the other filters match, whatever `status` asks for.
         */
        get: operations["ListSlos"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/slos/{namespace}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All the page of one objective needs, but the burn-down */
        get: operations["GetSlo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/slos/{namespace}/{name}/burn-down": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the budget of the window was spent
         * @description Starts with the whole budget of the window and ends with what is left now: remaining(t) = 1 - bad(start..t) / ((1 - target) * total(window)).
         */
        get: operations["GetBurnDown"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/slos/{namespace}/{name}/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Recording and alerting rules for Prometheus */
        get: operations["GetRules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/slos/{namespace}/{name}/evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Fetches new counters and evaluates now */
        post: operations["EvaluateSlo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Checks OpenSLO documents without registering them */
        post: operations["ValidateDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/counters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds events to the embedded source
         * @description All counts are stored or none. A repeat of an id with the same counts changes nothing; with other counts it is refused (409).
         */
        post: operations["AddCounters"];
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
                problems?: components["schemas"]["Problem"][];
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        Problem: {
            /** @description JSON pointer; the document's number first in a file of several */
            path: string;
            message: string;
            /** @enum {string} */
            severity: "error" | "warning";
            found?: string;
            allowed?: string;
        };
        /**
         * @description healthy: budget is left and burns slowly. caution: little is left, or an alert condition holds. exhausted: none is left. no-data: the source answered and there were no events in the window. unknown: not evaluated yet, or the last value is too old.
         * @enum {string}
         */
        SloStatus: "healthy" | "caution" | "exhausted" | "no-data" | "unknown";
        /** @description Whether the person who asks may do something, and if not why */
        Permit: {
            allowed: boolean;
            /** @description One sentence */
            reason?: string;
        };
        /** @description What the figures rest on */
        SloData: {
            /** @description Type of the source, such as embedded or prometheus */
            source: string;
            /**
             * Format: date-time
             * @description Last evaluation that worked
             */
            evaluatedAt: string | null;
            /**
             * Format: date-time
             * @description End of the newest five minutes that have been counted
             */
            dataUntil: string | null;
            /** @description Whether the last evaluation is older than it should be */
            stale: boolean;
            /** @description Why the latest evaluation failed; the figures are those before */
            error?: string;
            /** Format: date-time */
            errorAt?: string;
        };
        /** @description One objective over its window */
        SloFigures: {
            /** @description Fraction, such as 0.999 */
            target: number;
            /** @description Good of all events */
            sli: number | null;
            errorRatio: number | null;
            bad: number | null;
            total: number | null;
            /** @description 1 is untouched, 0 is spent, below 0 is overspent; not clamped */
            budgetRemaining: number | null;
            /** @description Length of a total outage that spends the whole budget */
            budgetMinutes: number;
            budgetMinutesRemaining: number | null;
            /** @description Over the last hour; 1 spends exactly the budget in one window */
            burnRate: number | null;
            /** @description If traffic and the burn rate of the last hour stay as they are; null when it does not run out at this rate */
            secondsToExhaustion: number | null;
            /** Format: date-time */
            exhaustsAt: string | null;
        };
        SloSummary: {
            /** @description Entity ref of the SLO */
            ref: string;
            namespace: string;
            name: string;
            title: string;
            description?: string;
            /** @description Entity ref */
            owner?: string;
            /** @description The entity that is measured */
            entityRef?: string;
            /** @description Name of the OpenSLO service */
            service?: string;
            status: components["schemas"]["SloStatus"];
            /** @description One sentence that answers whether we are fine */
            headline: string;
            window: components["schemas"]["SloWindow"];
            /** @description Name of the objective that `figures` are of, the worst one */
            objective: string;
            figures: components["schemas"]["SloFigures"];
            data: components["schemas"]["SloData"];
        };
        SloWindow: {
            /** @description As written, such as 28d */
            duration: string;
            seconds: number;
            rolling: boolean;
        };
        SloPage: {
            items: components["schemas"]["SloSummary"][];
            /** @description Matches on all pages */
            total: number;
            totals: {
                healthy: number;
                caution: number;
                exhausted: number;
                "no-data": number;
                unknown: number;
            };
            nextCursor?: string;
        };
        SloObjective: {
            name: string;
            displayName?: string;
            status: components["schemas"]["SloStatus"];
            figures: components["schemas"]["SloFigures"];
            /** @description Shortest window first */
            burnRates: {
                /** @description Such as 5m, 1h, 3d */
                window: string;
                seconds: number;
                burnRate: number | null;
            }[];
            /** @description The pairs of windows that alert, whether or not Prometheus runs their rules */
            alerts: components["schemas"]["SloAlert"][];
        };
        SloAlert: {
            /** @enum {string} */
            severity: "page" | "ticket";
            long: string;
            short: string;
            /** @description Burn rate that is exceeded */
            factor: number;
            /** @description Part of the budget that is spent before it alerts */
            consumed: number;
            longRate: number | null;
            shortRate: number | null;
            /** @description Both rates are above the factor */
            holds: boolean;
        };
        SloView: components["schemas"]["SloSummary"] & {
            /** @enum {string} */
            budgetingMethod: "Occurrences" | "Timeslices" | "RatioTimeslices";
            objectives: components["schemas"]["SloObjective"][];
            /** @description What is doubtful in the document */
            warnings: components["schemas"]["Problem"][];
            permits: {
                evaluate: components["schemas"]["Permit"];
            };
        };
        BurnDown: {
            ref: string;
            objective: string;
            target: number;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            stepSeconds: number;
            points: {
                /**
                 * Format: date-time
                 * @description End of the step
                 */
                at: string;
                remaining: number | null;
                /** @description In this step */
                bad: number;
                /** @description In this step */
                total: number;
            }[];
        };
        SloRules: {
            available: boolean;
            /** @description Why there are none */
            reason?: string;
            fileName?: string;
            /** @description YAML of a Prometheus rule file */
            content?: string;
            recordingRules?: number;
            alertingRules?: number;
            /** @description YAML for Alertmanager with which a page silences the ticket of the same objective */
            inhibition?: string;
            problems: components["schemas"]["Problem"][];
        };
        AddCountersRequest: {
            /** @description Made by the sender; the same for every repeat */
            id: string;
            counts: components["schemas"]["Count"][];
        };
        Count: {
            /** @description Name that the indicators of SLOs give in `spec.stream` */
            stream: string;
            /**
             * Format: date-time
             * @description When the events happened; now without it
             */
            at?: string;
            bad: number;
            total: number;
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
        namespace: string;
        name: string;
        /** @description Length of a page; 50 without it */
        limit: number;
        cursor: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    ListSlos: {
        parameters: {
            query?: {
                /** @description The entity that is measured, such as a component */
                entityRef?: string;
                /** @description Any of these owners */
                owner?: string[];
                status?: components["schemas"]["SloStatus"][];
                /** @description Words in title, name, service or measured entity */
                q?: string;
                /** @description Length of a page; 50 without it */
                limit?: components["parameters"]["limit"];
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SloPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    GetSlo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: components["parameters"]["namespace"];
                name: components["parameters"]["name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The objective */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SloView"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    GetBurnDown: {
        parameters: {
            query?: {
                /** @description Name of the objective; the one in the worst state without it */
                objective?: string;
                /** @description Greatest number of points; 300 without it */
                points?: number;
            };
            header?: never;
            path: {
                namespace: components["parameters"]["namespace"];
                name: components["parameters"]["name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Points in order of time */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BurnDown"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    GetRules: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: components["parameters"]["namespace"];
                name: components["parameters"]["name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A rule file, or the reason why there is none (the objective is not fed by Prometheus, or its policy cannot work) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SloRules"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    EvaluateSlo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: components["parameters"]["namespace"];
                name: components["parameters"]["name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The objective afterwards; `data.error` is set when the source did not answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SloView"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ValidateDocument: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description YAML, one or more documents */
                    content: string;
                };
            };
        };
        responses: {
            /** @description The problems found; no errors when all can be registered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many documents were read */
                        documents: number;
                        problems: components["schemas"]["Problem"][];
                    };
                };
            };
            default: components["responses"]["Error"];
        };
    };
    AddCounters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddCountersRequest"];
            };
        };
        responses: {
            /** @description Stored, now or before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many counts the id stands for */
                        accepted: number;
                        /** @description Whether the id was stored before */
                        repeated: boolean;
                    };
                };
            };
            default: components["responses"]["Error"];
        };
    };
}
