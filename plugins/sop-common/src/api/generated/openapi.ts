// Generated from openapi.yaml by "yarn generate". Do not edit.
export interface paths {
    "/procedures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How each procedure stands in its document control */
        get: operations["ListProcedures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schemas/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The JSON schema of a kind, for editors; needs no sign-in */
        get: operations["GetSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/procedures/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Checks a procedure without registering it */
        post: operations["ValidateProcedure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/procedures/by-entity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The procedures that govern an entity, each with its latest run there */
        get: operations["ListProceduresForEntity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/procedures/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When runs of a procedure start by themselves */
        get: operations["GetSchedule"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/procedures/occurrences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of occurrences of schedules, latest first
         * @description One item per occurrence and target. Without `sopRef` those of every procedure that the caller sees.
         */
        get: operations["ListOccurrences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/procedures/{sopRef}/simulation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a run would meet, and when it would be over at the earliest
         * @description Plays the run with a clock of its own; nothing is written. Windows, policies and people are those of now.
         */
        post: operations["SimulateRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/by-entity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The policies that are about an entity, and whether each is in force there */
        get: operations["ListPoliciesForEntity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The entities that a policy is about, and whether it is in force on each */
        get: operations["ListPolicyTargets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/procedures/{namespace}/{name}/control": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which revision is in force, who signed it, and what is in review */
        get: operations["GetControl"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/procedures/{namespace}/{name}/control/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The events of the document in order, with their hashes */
        get: operations["GetControlJournal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/procedures/{namespace}/{name}/control/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Recomputes the hash chain of the document and folds it again */
        post: operations["VerifyControl"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/procedures/{namespace}/{name}/revisions/{hash}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A revision with its content */
        get: operations["GetRevision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/procedures/{namespace}/{name}/revisions/{hash}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is different from an older revision */
        get: operations["GetRevisionDiff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/procedures/{namespace}/{name}/revisions/{hash}/signatures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Signs a revision
         * @description By a person at the sign-in page only. 409 when the file has another content by now, or when this person has signed. The person signs exactly this hash.
         */
        post: operations["SignRevision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/procedures/{namespace}/{name}/revisions/{hash}/withdrawals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes one's own signature or rejection back
         * @description Possible until the revision is in force.
         */
        post: operations["WithdrawSignature"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/procedures/{namespace}/{name}/revisions/{hash}/rejections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says as an approver that a revision may not come into force
         * @description The revision is a draft again.
         */
        post: operations["RejectRevision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/procedures/{namespace}/{name}/revisions/{hash}/acknowledgements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says that one has read and understood a revision
         * @description By a person at the sign-in page only. A second time changes nothing.
         */
        post: operations["AcknowledgeRevision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Revisions in force whose review is due or overdue */
        get: operations["ListReviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/gate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether an entity may be changed in production now, and why not
         * @description Never 403 because of the answer: `allowed` says it. Reasons come from whatever contributes to the gate: error budgets, incidents, policies.
         */
        get: operations["GetGate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened in all runs, for systems that keep a cursor
         * @description CloudEvents in an order that is safe to follow: nothing ever turns up behind a cursor that was given out. Keep `cursor` after working a page and ask for what comes after it; a page without items means that there is nothing new. Events of one run come in order.
         */
        get: operations["ListEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/insight/compliance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which entities lack a required run, the most exposed first
         * @description One row per entity and procedure with `spec.compliance`. Rehearsals do not count. Totals are of all rows before `state` is applied.
         */
        get: operations["ListCompliance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/insight/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long the steps of a procedure take and how often they are skipped */
        get: operations["ListStepInsight"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/insight/toil": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Manual steps by the time they cost, and what automation saved */
        get: operations["ListToil"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One entity's procedures in numbers, for scorecards */
        get: operations["GetFacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs, newest first */
        get: operations["ListRuns"];
        put?: never;
        /** Starts a run */
        post: operations["StartRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{runId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All the run page needs */
        get: operations["GetRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{runId}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Does something in a run
         * @description A repeat of a command id changes nothing. 409 when the task changed since the version given; the body then lists what changed.
         */
        post: operations["ExecuteCommand"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{runId}/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The events of a run in order, with their hashes */
        get: operations["GetJournal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{runId}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Recomputes the hash chain and replays the run */
        post: operations["VerifyRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{runId}/bundle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One run with everything needed to verify it offline */
        get: operations["ExportRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every run of a period, proven to be complete */
        get: operations["ExportPeriod"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the log of all runs is, who signs it and who has seen it */
        get: operations["GetLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/log/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Compares all journals with the log, and the log with its checkpoints */
        post: operations["VerifyLog"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/locks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who holds which lock, and who waits for it since when */
        get: operations["ListLocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tasks of the person who asks
         * @description `me`: tasks I claimed or that name me in person. `groups`: open tasks that I may do through a group. `done`: tasks I did, newest first. Open ones come in order of deadline, then age.
         */
        get: operations["ListTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many open tasks wait for the person who asks */
        get: operations["CountTasks"];
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
                problems?: components["schemas"]["Problem"][];
                /** @description With 409, what happened to the task since the version given */
                changes?: components["schemas"]["TimelineEntry"][];
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @enum {string} */
        ComplianceState: "missing" | "overdue" | "due-soon" | "met";
        ComplianceRow: {
            entityRef: string;
            title: string;
            ownerRef?: string;
            sopRef: string;
            sopTitle: string;
            /** @description ISO 8601 duration */
            every: string;
            /** Format: date-time */
            lastCompletedAt?: string;
            /** @description Runs that may set it right */
            openRuns: number;
            state: components["schemas"]["ComplianceState"];
            /**
             * Format: date-time
             * @description Until when the last run counts
             */
            dueAt?: string;
            /** @description Milliseconds since then */
            lateMs?: number;
        };
        CompliancePage: {
            items: components["schemas"]["ComplianceRow"][];
            totals: {
                missing: number;
                overdue: number;
                "due-soon": number;
                met: number;
            };
            /** @description There are more entities than were looked at */
            truncated: boolean;
            nextCursor?: string;
        };
        /** @description Times are in milliseconds and of completed attempts */
        StepInsight: {
            stepId: string;
            stepName: string;
            stepType: string;
            /** @description Owner of the target, else of the procedure */
            team?: string;
            completed: number;
            failed: number;
            skipped: number;
            /** @description From its start to its end */
            medianMs?: number;
            p90Ms?: number;
            /** @description Of that the time it was claimed or ran */
            medianActiveMs?: number;
        };
        StepInsightPage: {
            items: components["schemas"]["StepInsight"][];
        };
        /** @description Times are in milliseconds */
        StepTimes: {
            /** @description Completed in the period */
            count: number;
            /** @description Of these, how many were claimed or ran */
            measured: number;
            /** @description In thirty days */
            perMonth: number;
            /** @description Mean, waiting included */
            totalMs?: number;
            /** @description Mean of the measured ones */
            activeMs?: number;
            activePerMonthMs?: number;
        };
        ToilItem: {
            sopRef: string;
            sopTitle: string;
            stepId: string;
            stepName: string;
            manual?: components["schemas"]["StepTimes"];
            automated?: components["schemas"]["StepTimes"];
            /** @description What people no longer spend since it is automated */
            savedPerMonthMs?: number;
        };
        ToilPage: {
            days: number;
            items: components["schemas"]["ToilItem"][];
        };
        EntityFacts: {
            entityRef: string;
            /** Format: date-time */
            at: string;
            facts: {
                requiredProcedures: number;
                metProcedures: number;
                missingProcedures: number;
                overdueProcedures: number;
                dueSoonProcedures: number;
                compliant: boolean;
                openRequiredRuns: number;
                /** @description Of the latest one */
                daysOverdue: number;
            };
        };
        EventPage: {
            items: components["schemas"]["CloudEvent"][];
            /** @description For `after`; absent while nothing ever happened */
            cursor?: string;
        };
        /** @description CloudEvents 1.0, structured mode */
        CloudEvent: {
            /** @enum {string} */
            specversion: "1.0";
            /** @description Run and number; the same when it is read again */
            id: string;
            /** @enum {string} */
            source: "/api/sop";
            /** @description Such as dev.handrail.sop.run.completed.v1 */
            type: string;
            /** @description The run */
            subject: string;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            datacontenttype: "application/json";
            /** @description Events with the same key come in order */
            partitionkey: string;
            /** @description Number of the event in its run */
            sequence: string;
            /** @description Evidence, inputs, outputs and reasons stay out: who may see them is decided when they are read. */
            data: {
                runId: string;
                seq: number;
                /** @description The journal's name of the event */
                event: string;
                sopRef: string;
                targetRef?: string;
                initiator: string;
                actor?: string;
                stepId?: string;
            };
        };
        Problem: {
            path: string;
            message: string;
            found?: string;
            allowed?: string;
        };
        /** @enum {string} */
        RunStatus: "running" | "held" | "compensating" | "completed" | "failed" | "cancelled" | "compensated";
        /**
         * @description Absent for a run that counts. `rehearsal`: the revision was not in force; automation with effects is not carried out
         * @enum {string}
         */
        RunMode: "rehearsal";
        /** @enum {string} */
        StepStatus: "pending" | "blocked" | "ready" | "reserved" | "running" | "in-doubt" | "completed" | "failed" | "skipped" | "cancelled";
        /** @enum {string} */
        StepType: "manual" | "approval" | "handoff" | "wait" | "check" | "action" | "parallel" | "switch" | "listen" | "forEach" | "run" | "tour";
        /** @description Whether the person who asks may do something, and if not why */
        Permit: {
            allowed: boolean;
            /** @description One sentence; says who could */
            reason?: string;
        };
        RunSummary: {
            runId: string;
            sopRef: string;
            sopTitle: string;
            title: string;
            mode?: components["schemas"]["RunMode"];
            status: components["schemas"]["RunStatus"];
            targetRef?: string;
            initiator: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: date-time */
            closedAt?: string;
            /** @description Steps that are over */
            done: number;
            /** @description Steps that will or may happen */
            total: number;
            waiting: components["schemas"]["Waiting"][];
            /** @description One sentence on where the run stands */
            headline: string;
            /** @description Present when gates of the run were skipped in an emergency */
            glass?: {
                broken: number;
                openReviews: number;
            };
        };
        RunPage: {
            items: components["schemas"]["RunSummary"][];
            nextCursor?: string;
        };
        /** @description What the run waits for */
        Waiting: {
            stepId: string;
            stepName: string;
            type: components["schemas"]["StepType"];
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            dueAt?: string;
            claimedBy?: string;
            /** @description What keeps the step from beginning or going on; dueAt is when to look again */
            blocks?: components["schemas"]["StepBlock"][];
            /** @description Entity refs */
            owners: string[];
            role?: string;
        };
        /** @description What keeps a step from beginning or going on */
        StepBlock: {
            /** @enum {string} */
            kind: "window" | "lock" | "policy";
            /** @description Reads on from “Blocked because”; no instants, no full stop */
            sentence: string;
            /**
             * Format: date-time
             * @description When it is worth to look again; for a window, when it opens
             */
            until?: string;
            /** @description Name of the window, key of the lock */
            ref?: string;
        };
        GoverningProcedure: {
            sopRef: string;
            title: string;
            description?: string;
            type?: string;
            lifecycle: string;
            number?: string;
            revision?: string;
            canStart: components["schemas"]["Permit"];
            latestRun?: components["schemas"]["RunSummary"];
            openRuns?: number;
        };
        ScheduleView: {
            sopRef: string;
            /** @description Absent without a schedule */
            rrule?: string;
            timezone?: string;
            dtstart?: string;
            /** @enum {string} */
            overlap?: "skip" | "queue" | "allow";
            /** @description ISO 8601 duration */
            catchUp?: string;
            /** @description Why nothing is planned, in one sentence */
            note?: string;
            /** @description The next occurrences, at most 10 */
            upcoming: string[];
        };
        /**
         * @description `due`: a run is about to be started. `waiting`: the run before is open, and the schedule queues. `skipped`: it was open, and the schedule skips. `missed`: nothing was there to start it in time. `failed`: the start was refused.
         * @enum {string}
         */
        OccurrenceState: "due" | "waiting" | "started" | "skipped" | "missed" | "failed";
        OccurrenceView: {
            sopRef: string;
            /** Format: date-time */
            occursAt: string;
            targetRef?: string;
            state: components["schemas"]["OccurrenceState"];
            /** @description Started, or not yet started, more than a minute after its time */
            late: boolean;
            /** @description From its time to the start of the run; while it is due or waiting, until now */
            lateBySeconds?: number;
            /** Format: date-time */
            startedAt?: string;
            /** @description Why no run was started, or not yet, as a sentence */
            reason?: string;
            runId?: string;
            runTitle?: string;
            runStatus?: components["schemas"]["RunStatus"];
            /** Format: date-time */
            runClosedAt?: string;
        };
        OccurrencePage: {
            items: components["schemas"]["OccurrenceView"][];
            nextCursor?: string;
        };
        StepReason: {
            /** @enum {string} */
            kind: "window" | "lock" | "policy" | "people";
            /** @description A whole sentence, without instants */
            sentence: string;
            /**
             * Format: date-time
             * @description When it is possible next, if that is known
             */
            until?: string;
            ref?: string;
            /** @description Entity refs of who can change it */
            who: string[];
        };
        SimulationRequest: {
            targetRef?: string;
            inputs?: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description When it would start; now when absent
             */
            startAt?: string;
            assumptions?: components["schemas"]["SimulationAssumptions"];
        };
        SimulationAssumptions: {
            /** @description ISO 8601 duration of a task or a vote */
            person?: string;
            /** @description ISO 8601 duration of a check or an action */
            automation?: string;
            /** @description By step id */
            steps?: {
                [key: string]: {
                    takes?: string;
                    /** @enum {string} */
                    outcome?: "succeed" | "fail";
                    output?: unknown;
                    evidence?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        Simulation: {
            /** @description Status of the run at the end, or `stuck` */
            outcome: string;
            /** Format: date-time */
            startsAt: string;
            /**
             * Format: date-time
             * @description At the earliest
             */
            finishesAt?: string;
            /** @description Why it cannot go on or did not complete */
            reason?: string;
            steps: components["schemas"]["SimulatedStep"][];
            assumed: string[];
        };
        SimulatedStep: {
            stepId: string;
            name: string;
            type: components["schemas"]["StepType"];
            number: number;
            depth: number;
            status: components["schemas"]["StepStatus"];
            /** Format: date-time */
            reachedAt?: string;
            /** Format: date-time */
            beginsAt?: string;
            /** Format: date-time */
            endsAt?: string;
            people?: {
                eligible: string[];
                excluded: {
                    ref: string;
                    reason: string;
                }[];
                required?: number;
            };
            blocks: {
                sentence: string;
                ref?: string;
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                until?: string;
            }[];
            policies: string[];
        };
        PolicyUse: {
            /** @description Entity ref of the policy */
            ref: string;
            /** @description SHA-256 of the wording */
            hash: string;
            title: string;
            /** @description Entity ref of who can change it */
            owner: string;
            /** @description What it adds, a sentence each */
            demands: string[];
        };
        EntityPolicy: {
            entityRef: string;
            entityTitle?: string;
            policyRef: string;
            title: string;
            description?: string;
            owner: string;
            inForce: boolean;
            /** @description Why it is not in force */
            reason?: string;
            /** @description What it demands, a sentence each */
            demands: string[];
            /** @description Of which steps, in words */
            steps: string;
        };
        GateReason: {
            /** @description Who says so, as people call it */
            source: string;
            /** @description For programs, such as budget-exhausted */
            code: string;
            /** @description For people, a whole sentence */
            sentence: string;
            /** @description A reason against; else it is only worth knowing */
            blocking: boolean;
            /**
             * Format: date-time
             * @description When it ends by itself, as far as is known
             */
            until?: string;
            /** @description Entity refs of who can end it */
            unblockers?: string[];
            /** @description Path in the portal, or URL, where there is more */
            href?: string;
        };
        GateDecision: {
            entityRef: string;
            allowed: boolean;
            /** Format: date-time */
            at: string;
            /**
             * Format: date-time
             * @description When the last reason against ends, if the end of every one is known
             */
            opensAt?: string;
            /** @description The decision with every reason against */
            sentence: string;
            /** @description Those that block first */
            reasons: components["schemas"]["GateReason"][];
        };
        /**
         * @description `approval`: may come into force. `review`: was looked at and is right
         * @enum {string}
         */
        SignatureMeaning: "approval" | "review";
        SignatureRequest: {
            commandId: string;
            meaning: components["schemas"]["SignatureMeaning"];
            reason: string;
            /** @description For which approver of the document; the first that this person can sign for when absent */
            approver?: string;
        };
        ReasonRequest: {
            commandId: string;
            reason: string;
        };
        AcknowledgeRequest: {
            commandId: string;
        };
        SignatureView: {
            meaning: components["schemas"]["SignatureMeaning"];
            /** @description Entity ref of the person */
            by: string;
            /** @description Printed name when it was signed */
            name: string;
            /** Format: date-time */
            at: string;
            reason: string;
            /** @description The approver it was given for */
            approver?: string;
            withdrawn?: {
                /** Format: date-time */
                at: string;
                reason: string;
            };
        };
        /** @enum {string} */
        RevisionStatus: "draft" | "in-review" | "approved" | "effective" | "superseded" | "retired";
        RevisionView: {
            /** @description SHA-256 of the canonical content */
            hash: string;
            title: string;
            number?: string;
            /** @description Label of the revision */
            label?: string;
            /** @description What the author wrote as lifecycle */
            intention: string;
            owner: string;
            status: components["schemas"]["RevisionStatus"];
            /** @description How it stands */
            sentence: string;
            /** @description The file has this content */
            isCurrent: boolean;
            /** @description Date of the document */
            effectiveFrom?: string;
            /** Format: date-time */
            recordedAt: string;
            /** Format: date-time */
            inForceFrom?: string;
            /** Format: date-time */
            retiredAt?: string;
            /** @description Hash of what owns the same label */
            labelTakenBy?: string;
            approvers: {
                entityRef: string;
                /** @description The document no longer names it; it signed what was in force before */
                kept: boolean;
                signature?: components["schemas"]["SignatureView"];
            }[];
            /** @description In the order they were given */
            signatures: components["schemas"]["SignatureView"][];
            rejection?: {
                by: string;
                name: string;
                /** Format: date-time */
                at: string;
                reason: string;
                approver: string;
            };
            /** @description Approvers that the person who asks can still sign for */
            signFor: string[];
            sign: components["schemas"]["Permit"];
            review: components["schemas"]["Permit"];
            reject: components["schemas"]["Permit"];
            withdraw: components["schemas"]["Permit"];
        };
        ProcedureStanding: {
            sopRef: string;
            title: string;
            status: components["schemas"]["RevisionStatus"];
            /** @description Of the revision in force */
            label?: string;
            sentence: string;
            /** @description What the file has now */
            currentHash: string;
            currentStatus?: components["schemas"]["RevisionStatus"];
            /** @description The revision in force */
            effectiveHash?: string;
            canStart: components["schemas"]["Permit"];
        };
        RevisionDetail: components["schemas"]["RevisionView"] & {
            spec: {
                [key: string]: unknown;
            };
        };
        Review: {
            /** Format: date-time */
            dueAt: string;
            /**
             * @description `due`: within the next fourteen days
             * @enum {string}
             */
            state: "planned" | "due" | "overdue";
            /** Format: date-time */
            reviewedAt?: string;
        };
        ReviewItem: components["schemas"]["Review"] & {
            sopRef: string;
            title: string;
            hash: string;
            label?: string;
            number?: string;
            owner: string;
        };
        ControlView: {
            sopRef: string;
            title: string;
            /** @description Number of the last event */
            version: number;
            /** @description What is in force, what is in review, who must still sign */
            sentence: string;
            /** @description What the file has now */
            currentHash: string;
            /** @description The revision in force */
            effectiveHash?: string;
            /** @description The newest first */
            revisions: components["schemas"]["RevisionView"][];
            canStart: components["schemas"]["Permit"];
            canRehearse: components["schemas"]["Permit"];
            review?: components["schemas"]["Review"];
            /** @description Of the revision in force */
            acknowledgement?: {
                required: boolean;
                /** @description People who acknowledged it */
                count: number;
                /**
                 * Format: date-time
                 * @description When the person who asks did
                 */
                acknowledgedAt?: string;
                permit: components["schemas"]["Permit"];
            };
        };
        FieldChange: {
            path: string;
            before?: unknown;
            after?: unknown;
        };
        RevisionDiff: {
            from: string;
            to: string;
            /** @description What differs outside of the steps */
            fields: components["schemas"]["FieldChange"][];
            steps: {
                id: string;
                name: string;
                /** @enum {string} */
                change: "added" | "removed" | "changed" | "moved";
                within?: string;
                fields: components["schemas"]["FieldChange"][];
            }[];
            /** @description Unified diff of both as YAML */
            text: string;
        };
        StartRunRequest: {
            commandId: string;
            sopRef: string;
            targetRef?: string;
            mode?: components["schemas"]["RunMode"];
            inputs?: {
                [key: string]: unknown;
            };
        };
        CommandRequest: {
            commandId: string;
            command: components["schemas"]["Command"];
        };
        Command: {
            /** @enum {string} */
            type: "claim" | "release" | "complete" | "vote" | "accept" | "return" | "report-failure" | "retry" | "compensate" | "fail" | "cancel" | "resolve-doubt" | "break-glass" | "tour-finished";
            stepId?: string;
            taskVersion?: number;
            evidence?: {
                [key: string]: unknown;
            };
            comment?: string;
            /** @enum {string} */
            decision?: "approve" | "reject";
            reason?: string;
            compensate?: boolean;
            /** @description Gates to skip in an emergency */
            skips?: components["schemas"]["GateKind"][];
            /**
             * @description What became of an action in doubt
             * @enum {string}
             */
            outcome?: "done" | "not-done" | "compensate";
            /** @description Who took the tour */
            userRef?: string;
            /** @description Entity ref of the tour */
            tour?: string;
            tourVersion?: number;
            /** Format: date-time */
            finishedAt?: string;
        };
        Vote: {
            by: string;
            /** @enum {string} */
            decision: "approve" | "reject";
            reason?: string;
            /** Format: date-time */
            at: string;
        };
        StepView: {
            id: string;
            type: components["schemas"]["StepType"];
            name: string;
            status: components["schemas"]["StepStatus"];
            version: number;
            attempt: number;
            /** @description Nesting, 0 for the main sequence */
            depth: number;
            parentId?: string;
            /** @description Name of the branch or case it belongs to */
            branch?: string;
            /** @description Id of the step this one undoes */
            compensates?: string;
            /** @description Markdown with values filled in */
            instructions?: string;
            question?: string;
            role?: string;
            roleTitle?: string;
            potentialOwners?: string[];
            excludedOwners?: string[];
            claimedBy?: string;
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            endedAt?: string;
            /** Format: date-time */
            dueAt?: string;
            actors?: string[];
            evidenceFields?: components["schemas"]["EvidenceField"][];
            evidence?: {
                [key: string]: unknown;
            };
            comment?: string;
            votes?: components["schemas"]["Vote"][];
            /** @description For people, for example "2 of 3 must approve" */
            quorum?: string;
            required?: number;
            /** @description What policies of resource owners add to this step */
            policies?: components["schemas"]["PolicyUse"][];
            /** @enum {string} */
            reasonRule?: "always" | "on-reject" | "optional";
            action?: string;
            /** @description Entity ref of the tour to take */
            tour?: string;
            output?: unknown;
            error?: {
                name: string;
                message: string;
            };
            /** @description While the step is blocked, what keeps it */
            blocks?: components["schemas"]["StepBlock"][];
            /** @description Names of the windows in which alone it may happen */
            windows?: string[];
            deadline?: components["schemas"]["StepDeadline"];
            /** @description Reminders still to come */
            reminders?: {
                /** @description Name of the branch */
                branch?: string;
                /** Format: date-time */
                nextAt: string;
                /** @description Reminders so far */
                count: number;
            }[];
            guard?: components["schemas"]["StepGuard"];
            /** @description ISO 8601 duration; an older result of the check is measured again */
            maxAge?: string;
            /** @description Why the step cannot go on now; absent when it can */
            explanation?: components["schemas"]["StepReason"][];
            /** @description Whether the person who asks may skip gates of the step */
            breakGlass?: {
                allowed: boolean;
                reason?: string;
                gates: components["schemas"]["GateKind"][];
            };
            lock?: components["schemas"]["StepLock"];
            /** @description Topic of the event it waits for */
            topic?: string;
            childRun?: components["schemas"]["RunRef"];
            /** @description Entity ref of the procedure it runs */
            calls?: string;
            act?: components["schemas"]["Permit"];
            retry?: components["schemas"]["Permit"];
        };
        /** @description By when a task must have begun and ended, and what comes of it */
        StepDeadline: {
            /** @description ISO 8601 duration */
            startWithin?: string;
            /** @description ISO 8601 duration */
            completeWithin?: string;
            /** @description Whose working time counts */
            calendar?: string;
            /** @enum {string} */
            onTimeout?: "fail" | "reject" | "return" | "none";
            /** Format: date-time */
            startBy?: string;
            /** Format: date-time */
            completeBy?: string;
            startPassed?: boolean;
            completePassed?: boolean;
            escalations?: {
                /** @description Entity refs */
                to: string[];
                /** @enum {string} */
                action: "notify" | "widen";
                /** @description ISO 8601 duration */
                after: string;
                /** Format: date-time */
                at?: string;
                done?: boolean;
            }[];
        };
        /** @description What is measured while the step waits */
        StepGuard: {
            action: string;
            /** @description CEL */
            expect: string;
            /** @description ISO 8601 duration */
            every: string;
            /** Format: date-time */
            nextAt?: string;
            /** @description Measurements in a row that could not be made */
            failures?: number;
            /** @description The last measurement */
            last?: {
                /** Format: date-time */
                at: string;
                ok: boolean;
                output?: unknown;
                error?: {
                    name: string;
                    message: string;
                };
            };
        };
        /** @description Who has a role that rotates, from the start of the run to its end */
        RunRole: {
            role: string;
            title: string;
            /** @description Entity ref */
            member: string;
            /** Format: date-time */
            startsAt: string;
            /** Format: date-time */
            endsAt: string;
            /** @description Who takes turns, in order */
            members: string[];
        };
        /** @enum {string} */
        GateKind: "approval" | "window" | "lock" | "policy";
        /** @description A gate that was skipped in an emergency */
        BrokenGlass: {
            stepId: string;
            stepName: string;
            skips: components["schemas"]["GateKind"][];
            by: string;
            /** Format: date-time */
            at: string;
            reason: string;
            /** @description The task of the review */
            reviewId: string;
            /** Format: date-time */
            reviewDueAt: string;
            /** Format: date-time */
            reviewedAt?: string;
            reviewedBy?: string;
        };
        /** @description A step that holds a lock or waits for it */
        LockPlace: {
            runId: string;
            runTitle: string;
            sopRef: string;
            stepId: string;
            stepName: string;
            /** Format: date-time */
            requestedAt: string;
            /** Format: date-time */
            acquiredAt?: string;
        };
        Lock: {
            key: string;
            holder?: components["schemas"]["LockPlace"];
            /** @description In the order in which they get it */
            waiting: components["schemas"]["LockPlace"][];
        };
        /** @description The lock that the step waits for, or has */
        StepLock: {
            key: string;
            /** Format: date-time */
            requestedAt: string;
            /** Format: date-time */
            acquiredAt?: string;
            holder?: components["schemas"]["LockPlace"];
            /** @description Steps that get it before this one, the holder included */
            ahead?: number;
        };
        /** @description Another run that belongs to this one */
        RunRef: {
            runId: string;
            sopRef: string;
            title: string;
            status: components["schemas"]["RunStatus"];
            headline: string;
            /** @description Of a parent, its step that runs this */
            stepId?: string;
        };
        EvidenceField: {
            id: string;
            name?: string;
            description?: string;
            /** @enum {string} */
            kind: "text" | "number" | "boolean" | "url" | "choice" | "entity";
            required?: boolean;
            pattern?: string;
            multiline?: boolean;
            maxLength?: number;
            integer?: boolean;
            minimum?: number;
            maximum?: number;
            unit?: string;
            mustBeTrue?: boolean;
            options?: string[];
        };
        RunView: components["schemas"]["RunSummary"] & {
            revisionHash: string;
            /** @description The document's revision label */
            revision?: string;
            number?: string;
            sopType?: string;
            targetTitle?: string;
            inputs: {
                [key: string]: unknown;
            };
            inputsSchema?: {
                [key: string]: unknown;
            };
            /** @description Sequence number of the last event */
            version: number;
            closeReason?: string;
            /** @description Present where people must acknowledge the revision before they work on tasks */
            acknowledgement?: {
                /**
                 * Format: date-time
                 * @description When the person who asks did
                 */
                acknowledgedAt?: string;
            };
            /** @description Roles that rotate */
            roles?: components["schemas"]["RunRole"][];
            parent?: components["schemas"]["RunRef"];
            brokenGlass?: components["schemas"]["BrokenGlass"][];
            steps: components["schemas"]["StepView"][];
            /** @description The latest events as sentences, newest first */
            timeline: components["schemas"]["TimelineEntry"][];
            permits: {
                cancel: components["schemas"]["Permit"];
                compensate: components["schemas"]["Permit"];
                fail: components["schemas"]["Permit"];
            };
        };
        TimelineEntry: {
            seq: number;
            /** Format: date-time */
            at: string;
            type: string;
            stepId?: string;
            actor?: string;
            /** @description Who acted for the actor, such as an agent */
            via?: string;
            /** @description A sentence without its subject, such as "approved Peer review" */
            text: string;
            detail?: string;
        };
        JournalEntry: {
            seq: number;
            type: string;
            at: string;
            actor?: string;
            data: {
                [key: string]: unknown;
            };
            prevHash: string;
            hash: string;
        };
        Verification: {
            ok: boolean;
            /** @description Events checked */
            events: number;
            /** @description The first bad event */
            seq?: number;
            reason?: string;
            /** @description One sentence */
            message: string;
            expected?: string;
            found?: string;
            /** @description Hash of the last event */
            head?: string;
            /** Format: date-time */
            checkedAt: string;
        };
        LogStatus: {
            /** @description Name of the log */
            origin: string;
            /** @description Number of entries */
            size: number;
            checkpoint?: {
                size: number;
                /** Format: date-time */
                at: string;
                /** @description Signed note (C2SP) */
                note: string;
            };
            /** @description Public keys that ever signed, the oldest first */
            keys: {
                vkey: string;
                /** Format: date-time */
                at: string;
            }[];
            witnesses: {
                name: string;
                /** @description What it has seen last */
                size?: number;
                error?: string;
                /** @description It says that the log went back or was rewritten */
                contradicts: boolean;
            }[];
        };
        LogVerification: {
            ok: boolean;
            /** @description Entries checked */
            size: number;
            /** Format: date-time */
            checkedAt: string;
            findings: components["schemas"]["LogFinding"][];
        };
        LogFinding: {
            reason: string;
            /** @description One sentence */
            message: string;
            runId?: string;
            /** @description The first bad event of the run */
            seq?: number;
            /** @description Entry of the log, from 0 */
            index?: number;
        };
        TaskItem: {
            runId: string;
            stepId: string;
            stepType: components["schemas"]["StepType"];
            stepName: string;
            /** @description What is asked, in one sentence */
            asked: string;
            sopRef: string;
            sopTitle: string;
            runTitle: string;
            mode?: components["schemas"]["RunMode"];
            targetRef?: string;
            initiator: string;
            status: components["schemas"]["StepStatus"];
            version: number;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            dueAt?: string;
            claimedBy?: string;
            /** @description The user or group ref that makes it mine */
            through?: string;
            role?: string;
            act?: components["schemas"]["Permit"];
            /** @enum {string} */
            reasonRule?: "always" | "on-reject" | "optional";
            /** @description Needs more than a click */
            hasEvidence?: boolean;
            /** @description Entity ref of the tour to take */
            tour?: string;
            /** Format: date-time */
            doneAt?: string;
            outcome?: string;
        };
        TaskPage: {
            items: components["schemas"]["TaskItem"][];
            nextCursor?: string;
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
        hash: string;
        runId: string;
        limit: number;
        cursor: string;
        /** @description Steps that ended in the last days; 90 when absent */
        days: number;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    ListProcedures: {
        parameters: {
            query?: {
                /** @description Only these; all that the person who asks sees when absent */
                sopRef?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every valid procedure that the person who asks sees */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ProcedureStanding"][];
                    };
                };
            };
            default: components["responses"]["Error"];
        };
    };
    GetSchema: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description For example SOP.v1alpha1.schema.json */
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A document of JSON Schema, draft 7 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ValidateProcedure: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    entity: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description The problems found; none when the procedure is valid */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        problems: components["schemas"]["Problem"][];
                    };
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ListProceduresForEntity: {
        parameters: {
            query: {
                entityRef: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Procedures, by number */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["GoverningProcedure"][];
                    };
                };
            };
            default: components["responses"]["Error"];
        };
    };
    GetSchedule: {
        parameters: {
            query: {
                sopRef: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The schedule in force and its next occurrences */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleView"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ListOccurrences: {
        parameters: {
            query?: {
                sopRef?: string;
                targetRef?: string;
                state?: components["schemas"]["OccurrenceState"][];
                /** @description Instant, inclusive */
                from?: string;
                /** @description Instant, exclusive */
                to?: string;
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
                    "application/json": components["schemas"]["OccurrencePage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    SimulateRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sopRef: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimulationRequest"];
            };
        };
        responses: {
            /** @description The forecast */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Simulation"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ListPoliciesForEntity: {
        parameters: {
            query: {
                entityRef: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Policies, those in force first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EntityPolicy"][];
                    };
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ListPolicyTargets: {
        parameters: {
            query: {
                policyRef: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most 500 entities that the caller can see */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description All that it is about */
                        total: number;
                        items: components["schemas"]["EntityPolicy"][];
                    };
                };
            };
            default: components["responses"]["Error"];
        };
    };
    GetControl: {
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
            /** @description Document control as the person who asks sees it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlView"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    GetControlJournal: {
        parameters: {
            query?: {
                after?: number;
                limit?: components["parameters"]["limit"];
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
            /** @description Events with a sequence number greater than `after` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        genesis: string;
                        items: components["schemas"]["JournalEntry"][];
                    };
                };
            };
            default: components["responses"]["Error"];
        };
    };
    VerifyControl: {
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
            /** @description The verdict */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verification"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    GetRevision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: components["parameters"]["namespace"];
                name: components["parameters"]["name"];
                hash: components["parameters"]["hash"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The revision */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevisionDetail"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    GetRevisionDiff: {
        parameters: {
            query?: {
                /** @description Hash of the older revision; the one before when absent */
                from?: string;
            };
            header?: never;
            path: {
                namespace: components["parameters"]["namespace"];
                name: components["parameters"]["name"];
                hash: components["parameters"]["hash"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The difference, step by step and as text */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevisionDiff"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    SignRevision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: components["parameters"]["namespace"];
                name: components["parameters"]["name"];
                hash: components["parameters"]["hash"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignatureRequest"];
            };
        };
        responses: {
            /** @description The document after it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlView"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    WithdrawSignature: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: components["parameters"]["namespace"];
                name: components["parameters"]["name"];
                hash: components["parameters"]["hash"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonRequest"];
            };
        };
        responses: {
            /** @description The document after it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlView"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    RejectRevision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: components["parameters"]["namespace"];
                name: components["parameters"]["name"];
                hash: components["parameters"]["hash"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonRequest"];
            };
        };
        responses: {
            /** @description The document after it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlView"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    AcknowledgeRevision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: components["parameters"]["namespace"];
                name: components["parameters"]["name"];
                hash: components["parameters"]["hash"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcknowledgeRequest"];
            };
        };
        responses: {
            /** @description The document after it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlView"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ListReviews: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The most overdue first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReviewItem"][];
                    };
                };
            };
            default: components["responses"]["Error"];
        };
    };
    GetGate: {
        parameters: {
            query: {
                entityRef: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The decision, as of now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateDecision"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ListEvents: {
        parameters: {
            query?: {
                after?: string;
                /** @description Transitions of runs; each has one event or more */
                limit?: number;
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
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ListCompliance: {
        parameters: {
            query?: {
                sopRef?: string;
                ownerRef?: string;
                entityRef?: string;
                state?: components["schemas"]["ComplianceState"][];
                limit?: number;
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
                    "application/json": components["schemas"]["CompliancePage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ListStepInsight: {
        parameters: {
            query: {
                sopRef: string;
                /** @description Steps that ended in the last days; 90 when absent */
                days?: components["parameters"]["days"];
                /** @description One row per step and team */
                byTeam?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Steps */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepInsightPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ListToil: {
        parameters: {
            query?: {
                /** @description Steps that ended in the last days; 90 when absent */
                days?: components["parameters"]["days"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Steps, the costliest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToilPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    GetFacts: {
        parameters: {
            query: {
                entityRef: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Facts, as of now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntityFacts"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ListRuns: {
        parameters: {
            query?: {
                sopRef?: string;
                targetRef?: string;
                initiator?: string;
                /** @description `broken`: runs with gates that were skipped in an emergency. `open`: those of them whose review is not done. */
                glass?: "broken" | "open";
                status?: components["schemas"]["RunStatus"][];
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
                    "application/json": components["schemas"]["RunPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    StartRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartRunRequest"];
            };
        };
        responses: {
            /** @description The run; the same one when the command id was seen before */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    GetRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                runId: components["parameters"]["runId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ExecuteCommand: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                runId: components["parameters"]["runId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommandRequest"];
            };
        };
        responses: {
            /** @description The run after the command */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    GetJournal: {
        parameters: {
            query?: {
                after?: number;
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                runId: components["parameters"]["runId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events with a sequence number greater than `after` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        genesis: string;
                        items: components["schemas"]["JournalEntry"][];
                    };
                };
            };
            default: components["responses"]["Error"];
        };
    };
    VerifyRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                runId: components["parameters"]["runId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The verdict */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verification"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ExportRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                runId: components["parameters"]["runId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A bundle for handrail-verify */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ExportPeriod: {
        parameters: {
            query: {
                from: string;
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A bundle for handrail-verify */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    GetLog: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The log as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogStatus"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    VerifyLog: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogVerification"];
                };
            };
        };
    };
    ListLocks: {
        parameters: {
            query?: {
                /** @description Only this lock */
                key?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Locks that somebody holds or waits for, by key; at most 1000 steps */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Lock"][];
                    };
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ListTasks: {
        parameters: {
            query: {
                scope: "me" | "groups" | "done";
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
                    "application/json": components["schemas"]["TaskPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    CountTasks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts; each is at most 100 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        me: number;
                        groups: number;
                    };
                };
            };
            default: components["responses"]["Error"];
        };
    };
}
