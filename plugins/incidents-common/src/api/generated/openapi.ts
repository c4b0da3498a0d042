// Generated from openapi.yaml by "yarn generate". Do not edit.
export interface paths {
    "/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Severities, roles and duties in force, for forms and legends */
        get: operations["GetPolicy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Incidents, newest first */
        get: operations["ListIncidents"];
        put?: never;
        /** Declares an incident */
        post: operations["DeclareIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incidentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All the incident page needs */
        get: operations["GetIncident"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incidentId}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Does something in an incident
         * @description A repeat of a command id changes nothing and returns the first result. 409 when a person changed the incident since the version given; the body then lists what changed. What the engine itself recorded meanwhile (a duty that fell due, an alert that joined) is no conflict.
         */
        post: operations["ExecuteIncidentCommand"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incidentId}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened, newest first */
        get: operations["GetTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incidentId}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Recomputes the hash chain and replays the incident */
        post: operations["VerifyIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Times over the incidents declared in a period, with n
         * @description Drills, merged and declined incidents do not count. A figure is absent when no incident has a value for it.
         */
        get: operations["GetMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Episodes of alerts, newest first */
        get: operations["ListAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What arrived from alert sources and what was done with it, newest first */
        get: operations["ListDeliveries"];
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
                /** @description With a refused transition, what is missing */
                missing?: string[];
                /** @description With 409, what happened since the version given */
                changes?: components["schemas"]["TimelineEntry"][];
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @enum {string} */
        IncidentStatus: "proposed" | "investigating" | "identified" | "monitoring" | "resolved" | "learning" | "closed" | "declined" | "merged";
        /** @description An id of the policy; always has commander */
        RoleId: string;
        /** @description Whether the person who asks may do something, and if not why */
        Permit: {
            allowed: boolean;
            /** @description One sentence; what is missing */
            reason?: string;
        };
        Policy: {
            /** @description The gravest first */
            severities: components["schemas"]["Severity"][];
            roles: components["schemas"]["RoleDefinition"][];
            obligations: components["schemas"]["ObligationRule"][];
            limits: {
                /** @description Greatest length in characters */
                title: number;
                /** @description Greatest length in characters */
                text: number;
            };
            permits: {
                declare: components["schemas"]["Permit"];
            };
        };
        Severity: {
            /** @example SEV-1 */
            id: string;
            title: string;
            definition: string;
            response: string;
            /** @description Entity ref of a procedure */
            runbook?: string;
        };
        RoleDefinition: {
            id: string;
            title: string;
            description: string;
        };
        /** @enum {string} */
        ObligationKind: "commander" | "update" | "review" | "offer";
        ObligationRule: {
            kind: components["schemas"]["ObligationKind"];
            severities: string[];
            /** @description ISO 8601 duration, or for example "5 business days" */
            due: string;
        };
        IncidentSummary: {
            incidentId: string;
            /** @example INC-12 */
            reference: string;
            title: string;
            severity: string;
            status: components["schemas"]["IncidentStatus"];
            open: boolean;
            drill: boolean;
            entityRefs: string[];
            /** @description Owners of the affected entities when it was declared */
            owners: string[];
            /** @description User ref */
            commander?: string;
            /** @description User ref; absent when proposed */
            declaredBy?: string;
            /**
             * Format: date-time
             * @description Proposed or declared, whichever came first
             */
            createdAt: string;
            /** Format: date-time */
            declaredAt?: string;
            /** Format: date-time */
            mitigatedAt?: string;
            /** Format: date-time */
            resolvedAt?: string;
            /** Format: date-time */
            closedAt?: string;
            /** Format: date-time */
            updatedAt: string;
            /**
             * Format: date-time
             * @description When the last update was posted
             */
            lastUpdateAt?: string;
            /** @description Reference */
            mergedInto?: string;
            /** @description Sequence number of the last event */
            version: number;
            /** @description One sentence, what is due next and by whom */
            headline: string;
            next?: components["schemas"]["NextDuty"];
        };
        NextDuty: {
            obligationId: string;
            kind: components["schemas"]["ObligationKind"];
            title: string;
            /** Format: date-time */
            dueAt: string;
            state: components["schemas"]["ObligationState"];
            /** @description Entity refs; who has to do it now */
            responsible: string[];
        };
        IncidentPage: {
            items: components["schemas"]["IncidentSummary"][];
            /** @description Incidents that match, at most 1000 */
            total: number;
            nextCursor?: string;
        };
        IncidentView: components["schemas"]["IncidentSummary"] & {
            description?: string;
            /** @description Alert source, when proposed by alerts */
            source?: string;
            impact?: components["schemas"]["Impact"];
            cause?: string;
            mitigation?: components["schemas"]["Mitigation"];
            resolution?: string;
            /** @description Why it was declined or merged */
            endReason?: string;
            /** @description Every role of the policy, held or not */
            roles: components["schemas"]["Role"][];
            /** @description Open ones by due time, then those that are over */
            obligations: components["schemas"]["Obligation"][];
            /** @description Newest first */
            updates: components["schemas"]["Update"][];
            /**
             * Format: date-time
             * @description When the next update was promised or is due
             */
            nextUpdateAt?: string;
            actionItems: components["schemas"]["ActionItem"][];
            review: components["schemas"]["Review"];
            runs: components["schemas"]["RunbookRun"][];
            /** @description Procedure that start-runbook starts unless told otherwise */
            runbook?: string;
            alerts: {
                open: number;
                total: number;
            };
            /** @description How often it was reopened */
            reopened?: number;
            /** @description The latest 50 events as sentences, newest first */
            timeline: components["schemas"]["TimelineEntry"][];
            /** @description By type of command */
            permits: {
                [key: string]: components["schemas"]["Permit"];
            };
        };
        Impact: {
            statement: string;
            /** Format: date-time */
            startedAt?: string;
            by: string;
            /** Format: date-time */
            at: string;
        };
        Mitigation: {
            statement: string;
            /** Format: date-time */
            mitigatedAt: string;
            by: string;
            /** Format: date-time */
            at: string;
        };
        Role: {
            role: components["schemas"]["RoleId"];
            title: string;
            description?: string;
            /** @description User ref of who accepted it */
            holder?: string;
            /** Format: date-time */
            acceptedAt?: string;
            offer?: {
                to: string;
                by: string;
                /** Format: date-time */
                at: string;
                /** Format: date-time */
                expiresAt: string;
            };
            permits: {
                take: components["schemas"]["Permit"];
                offer: components["schemas"]["Permit"];
                accept: components["schemas"]["Permit"];
                decline: components["schemas"]["Permit"];
                release: components["schemas"]["Permit"];
            };
        };
        /** @enum {string} */
        ObligationState: "pending" | "warned" | "breached" | "satisfied" | "cancelled";
        Obligation: {
            obligationId: string;
            kind: components["schemas"]["ObligationKind"];
            title: string;
            role?: components["schemas"]["RoleId"];
            state: components["schemas"]["ObligationState"];
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            warnAt?: string;
            /** Format: date-time */
            dueAt: string;
            /** Format: date-time */
            warnedAt?: string;
            /** Format: date-time */
            breachedAt?: string;
            /** Format: date-time */
            satisfiedAt?: string;
            /** Format: date-time */
            cancelledAt?: string;
            /** @description Breached before it was satisfied, or still is */
            late: boolean;
            /** @description How long after its time the engine could record the breach */
            lateBySeconds?: number;
            /** @description Escalation level reached, 0 for none */
            level: number;
            /** @description Who was told so far; entity refs */
            notified?: string[];
            /** @description Entity refs; who has to do it now */
            responsible: string[];
            /** @description Number of the event that satisfied it */
            satisfiedBy?: number;
        };
        Update: {
            seq: number;
            /** Format: date-time */
            at: string;
            by: string;
            message: string;
            audience: components["schemas"]["Audience"];
            /** Format: date-time */
            nextUpdateAt?: string;
        };
        /** @enum {string} */
        Audience: "internal" | "customers";
        ActionItem: {
            actionItemId: string;
            title: string;
            /** @description User or group ref */
            owner?: string;
            /** Format: date */
            dueOn?: string;
            /** @enum {string} */
            state: "open" | "done" | "dropped";
            overdue: boolean;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            /** Format: date-time */
            doneAt?: string;
            /** @description Why it was dropped */
            reason?: string;
            url?: string;
        };
        Review: {
            /** @enum {string} */
            state: "none" | "draft" | "done" | "waiver-requested" | "waived";
            summary: string;
            causes: string;
            wentWell: string;
            wentWrong: string;
            /** Format: date-time */
            editedAt?: string;
            editedBy?: string;
            /** Format: date-time */
            doneAt?: string;
            doneBy?: string;
            waiver?: {
                reason: string;
                by: string;
                /** Format: date-time */
                at: string;
                approvedBy?: string;
                /** Format: date-time */
                approvedAt?: string;
            };
        };
        RunbookRun: {
            runId: string;
            sopRef: string;
            title: string;
            startedBy: string;
            /** Format: date-time */
            startedAt: string;
        };
        TimelineEntry: {
            seq: number;
            /**
             * Format: date-time
             * @description When it was recorded
             */
            at: string;
            /**
             * Format: date-time
             * @description When it happened, if that was told
             */
            occurredAt?: string;
            /** @example update.posted */
            type: string;
            /** @description Absent for the engine itself */
            actor?: string;
            /** @description A sentence without its subject, such as "raised the severity to SEV-1" */
            text: string;
            /** @description What the person wrote */
            detail?: string;
            data?: {
                [key: string]: unknown;
            };
            hash: string;
        };
        TimelinePage: {
            genesis: string;
            items: components["schemas"]["TimelineEntry"][];
            /** @description Pass as `before` for older events */
            nextBefore?: number;
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
        Distribution: {
            /** @description Incidents that have a value */
            n: number;
            /** @description n divided by all that count, 0 to 1 */
            coverage: number;
            /** @description Seconds */
            median?: number;
            /** @description Seconds, nearest rank */
            p90?: number;
        };
        Metrics: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description Incidents that count */
            n: number;
            excluded: {
                drills: number;
                merged: number;
                declined: number;
            };
            timeToDeclare: components["schemas"]["Distribution"];
            timeToAcknowledge: components["schemas"]["Distribution"];
            timeToCommander: components["schemas"]["Distribution"];
            timeToMitigate: components["schemas"]["Distribution"];
            timeToResolve: components["schemas"]["Distribution"];
            activeTimeToResolve: components["schemas"]["Distribution"];
            duties: {
                /** @description Satisfied in time */
                kept: number;
                /** @description Breached */
                late: number;
            };
            bySeverity: {
                severity: string;
                n: number;
            }[];
        };
        AlertEpisode: {
            episodeId: string;
            source: string;
            fingerprint: string;
            name: string;
            summary?: string;
            labels: {
                [key: string]: string;
            };
            annotations: {
                [key: string]: string;
            };
            entityRef?: string;
            open: boolean;
            /** Format: date-time */
            startsAt: string;
            /** Format: date-time */
            endsAt?: string;
            /** Format: date-time */
            firstSeenAt: string;
            /** Format: date-time */
            lastSeenAt: string;
            /** @description How often it was delivered while open */
            deliveries: number;
            incidentId?: string;
            incidentReference?: string;
            generatorUrl?: string;
        };
        AlertPage: {
            items: components["schemas"]["AlertEpisode"][];
            nextCursor?: string;
        };
        Delivery: {
            deliveryId: string;
            source: string;
            /** Format: date-time */
            receivedAt: string;
            bytes: number;
            sha256: string;
            /** @enum {string} */
            verdict: "accepted" | "duplicate" | "stale" | "rejected";
            /** @description One sentence */
            message: string;
            counts: components["schemas"]["DeliveryCounts"];
        };
        DeliveryCounts: {
            alerts: number;
            /** @description Episodes opened */
            opened: number;
            /** @description Open episodes that changed */
            updated: number;
            /** @description Episodes that ended */
            resolved: number;
            /** @description Nothing new */
            duplicate: number;
            /** @description Older than what is known, ignored */
            stale: number;
            /** @description No entity found */
            unmatched: number;
            /** @description Incidents proposed */
            proposed: number;
            /** @description Episodes that joined an incident */
            joined?: number;
        };
        DeliveryPage: {
            items: components["schemas"]["Delivery"][];
            nextCursor?: string;
        };
        DeclareRequest: {
            commandId: string;
            title: string;
            severity: string;
            description?: string;
            entityRefs?: string[];
            /** @description Who declares takes command in the same step */
            takeCommand?: boolean;
            /** Format: date-time */
            impactStartedAt?: string;
            /** Format: date-time */
            detectedAt?: string;
            drill?: boolean;
        };
        CommandRequest: {
            commandId: string;
            /** @description The version that was seen */
            expectedVersion?: number;
            command: components["schemas"]["Command"];
        };
        /** @description Fields by type. confirm: severity, title?, takeCommand?. decline: reason. merge: into, reason?. acknowledge. take-role: role, reason (needed when somebody else holds it). offer-role: role, person. accept-role: role. decline-role: role, reason?. release-role: role, reason? (not commander). post-update: message, audience?, nextUpdateAt?, nextUpdateReason?. note: message, occurredAt?. set-severity: severity, reason. set-impact: message, startedAt?, entityRefs?. record-mitigation: message, mitigatedAt?. identify: message (the cause). monitor. resolve: message?. reopen: reason. start-review. edit-review: review. complete-review. waive-review: reason. approve-waiver. add-action-item: actionItem. edit-action-item: actionItemId, actionItem. complete-action-item: actionItemId. drop-action-item: actionItemId, reason. start-runbook: sopRef?, targetRef?. close. */
        Command: {
            type: components["schemas"]["CommandType"];
            severity?: string;
            title?: string;
            takeCommand?: boolean;
            reason?: string;
            /** @description Id or reference */
            into?: string;
            role?: string;
            /** @description User ref */
            person?: string;
            message?: string;
            audience?: components["schemas"]["Audience"];
            /** Format: date-time */
            nextUpdateAt?: string;
            nextUpdateReason?: string;
            /** Format: date-time */
            occurredAt?: string;
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            mitigatedAt?: string;
            entityRefs?: string[];
            review?: {
                summary?: string;
                causes?: string;
                wentWell?: string;
                wentWrong?: string;
            };
            actionItemId?: string;
            actionItem?: {
                title?: string;
                owner?: string;
                /** Format: date */
                dueOn?: string;
                url?: string;
            };
            sopRef?: string;
            targetRef?: string;
        };
        /** @enum {string} */
        CommandType: "confirm" | "decline" | "merge" | "acknowledge" | "take-role" | "offer-role" | "accept-role" | "decline-role" | "release-role" | "post-update" | "note" | "set-severity" | "set-impact" | "record-mitigation" | "identify" | "monitor" | "resolve" | "reopen" | "start-review" | "edit-review" | "complete-review" | "waive-review" | "approve-waiver" | "add-action-item" | "edit-action-item" | "complete-action-item" | "drop-action-item" | "start-runbook" | "close";
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
        /** @description The id, or the reference such as INC-12 */
        incidentId: string;
        limit: number;
        cursor: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    GetPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The policy */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ListIncidents: {
        parameters: {
            query?: {
                /** @description `true`: proposed, investigating, identified or monitoring. `false`: the others. */
                open?: boolean;
                status?: components["schemas"]["IncidentStatus"][];
                severity?: string[];
                /** @description Affects this entity */
                entityRef?: string;
                /** @description One of these owns an affected entity */
                owner?: string[];
                /** @description Words of the title or the reference */
                q?: string;
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
                    "application/json": components["schemas"]["IncidentPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    DeclareIncident: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeclareRequest"];
            };
        };
        responses: {
            /** @description The incident; the same one when the command id was seen before */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentView"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    GetIncident: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, or the reference such as INC-12 */
                incidentId: components["parameters"]["incidentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The incident */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentView"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ExecuteIncidentCommand: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, or the reference such as INC-12 */
                incidentId: components["parameters"]["incidentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommandRequest"];
            };
        };
        responses: {
            /** @description The incident after the command */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentView"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    GetTimeline: {
        parameters: {
            query?: {
                /** @description Only events with a smaller number */
                before?: number;
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                /** @description The id, or the reference such as INC-12 */
                incidentId: components["parameters"]["incidentId"];
            };
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
                    "application/json": components["schemas"]["TimelinePage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    VerifyIncident: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, or the reference such as INC-12 */
                incidentId: components["parameters"]["incidentId"];
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
    GetMetrics: {
        parameters: {
            query?: {
                /** @description Inclusive; default 90 days ago */
                from?: string;
                /** @description Exclusive; default now */
                to?: string;
                entityRef?: string;
                owner?: string[];
                severity?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metrics"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ListAlerts: {
        parameters: {
            query?: {
                incidentId?: string;
                entityRef?: string;
                source?: string;
                open?: boolean;
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
                    "application/json": components["schemas"]["AlertPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    ListDeliveries: {
        parameters: {
            query?: {
                source?: string;
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
                    "application/json": components["schemas"]["DeliveryPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
}
