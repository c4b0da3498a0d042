// Generated from openapi.yaml by "yarn generate". Do not edit.
export const spec = {
  "openapi": "3.0.3",
  "info": {
    "title": "incidents",
    "version": "1",
    "description": "Incidents: declare and command them, keep their duties, post updates, learn from them; alerts that propose them; figures over them.",
    "license": {
      "name": "Apache-2.0",
      "url": "http://www.apache.org/licenses/LICENSE-2.0.html"
    }
  },
  "servers": [
    {
      "url": "/"
    }
  ],
  "paths": {
    "/policy": {
      "get": {
        "operationId": "GetPolicy",
        "summary": "Severities, roles and duties in force, for forms and legends",
        "responses": {
          "200": {
            "description": "The policy",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Policy"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/incidents": {
      "get": {
        "operationId": "ListIncidents",
        "summary": "Incidents, newest first",
        "parameters": [
          {
            "name": "open",
            "in": "query",
            "description": "`true`: proposed, investigating, identified or monitoring. `false`: the others.",
            "schema": {
              "type": "boolean"
            }
          },
          {
            "name": "status",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "$ref": "#/components/schemas/IncidentStatus"
              }
            }
          },
          {
            "name": "severity",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "type": "string"
              }
            }
          },
          {
            "name": "entityRef",
            "in": "query",
            "description": "Affects this entity",
            "schema": {
              "type": "string"
            }
          },
          {
            "name": "owner",
            "in": "query",
            "description": "One of these owns an affected entity",
            "schema": {
              "type": "array",
              "items": {
                "type": "string"
              }
            }
          },
          {
            "name": "q",
            "in": "query",
            "description": "Words of the title or the reference",
            "schema": {
              "type": "string",
              "maxLength": 200
            }
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "$ref": "#/components/parameters/cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "One page",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/IncidentPage"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      },
      "post": {
        "operationId": "DeclareIncident",
        "summary": "Declares an incident",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/DeclareRequest"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "The incident; the same one when the command id was seen before",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/IncidentView"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/incidents/{incidentId}": {
      "get": {
        "operationId": "GetIncident",
        "summary": "All the incident page needs",
        "parameters": [
          {
            "$ref": "#/components/parameters/incidentId"
          }
        ],
        "responses": {
          "200": {
            "description": "The incident",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/IncidentView"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/incidents/{incidentId}/commands": {
      "post": {
        "operationId": "ExecuteIncidentCommand",
        "summary": "Does something in an incident",
        "description": "A repeat of a command id changes nothing and returns the first result. 409 when a person changed the incident since the version given; the body then lists what changed. What the engine itself recorded meanwhile (a duty that fell due, an alert that joined) is no conflict.",
        "parameters": [
          {
            "$ref": "#/components/parameters/incidentId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/CommandRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The incident after the command",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/IncidentView"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/incidents/{incidentId}/timeline": {
      "get": {
        "operationId": "GetTimeline",
        "summary": "What happened, newest first",
        "parameters": [
          {
            "$ref": "#/components/parameters/incidentId"
          },
          {
            "name": "before",
            "in": "query",
            "description": "Only events with a smaller number",
            "schema": {
              "type": "integer",
              "minimum": 1
            }
          },
          {
            "$ref": "#/components/parameters/limit"
          }
        ],
        "responses": {
          "200": {
            "description": "One page",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TimelinePage"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/incidents/{incidentId}/verify": {
      "post": {
        "operationId": "VerifyIncident",
        "summary": "Recomputes the hash chain and replays the incident",
        "parameters": [
          {
            "$ref": "#/components/parameters/incidentId"
          }
        ],
        "responses": {
          "200": {
            "description": "The verdict",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Verification"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/metrics": {
      "get": {
        "operationId": "GetMetrics",
        "summary": "Times over the incidents declared in a period, with n",
        "description": "Drills, merged and declined incidents do not count. A figure is absent when no incident has a value for it.",
        "parameters": [
          {
            "name": "from",
            "in": "query",
            "description": "Inclusive; default 90 days ago",
            "schema": {
              "type": "string",
              "format": "date-time"
            }
          },
          {
            "name": "to",
            "in": "query",
            "description": "Exclusive; default now",
            "schema": {
              "type": "string",
              "format": "date-time"
            }
          },
          {
            "name": "entityRef",
            "in": "query",
            "schema": {
              "type": "string"
            }
          },
          {
            "name": "owner",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "type": "string"
              }
            }
          },
          {
            "name": "severity",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "type": "string"
              }
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The figures",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Metrics"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/alerts": {
      "get": {
        "operationId": "ListAlerts",
        "summary": "Episodes of alerts, newest first",
        "parameters": [
          {
            "name": "incidentId",
            "in": "query",
            "schema": {
              "type": "string"
            }
          },
          {
            "name": "entityRef",
            "in": "query",
            "schema": {
              "type": "string"
            }
          },
          {
            "name": "source",
            "in": "query",
            "schema": {
              "type": "string"
            }
          },
          {
            "name": "open",
            "in": "query",
            "schema": {
              "type": "boolean"
            }
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "$ref": "#/components/parameters/cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "One page",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AlertPage"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/deliveries": {
      "get": {
        "operationId": "ListDeliveries",
        "summary": "What arrived from alert sources and what was done with it, newest first",
        "parameters": [
          {
            "name": "source",
            "in": "query",
            "schema": {
              "type": "string"
            }
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "$ref": "#/components/parameters/cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "One page",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/DeliveryPage"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    }
  },
  "components": {
    "parameters": {
      "incidentId": {
        "name": "incidentId",
        "in": "path",
        "required": true,
        "description": "The id, or the reference such as INC-12",
        "schema": {
          "type": "string",
          "maxLength": 64
        }
      },
      "limit": {
        "name": "limit",
        "in": "query",
        "schema": {
          "type": "integer",
          "minimum": 1,
          "maximum": 200
        }
      },
      "cursor": {
        "name": "cursor",
        "in": "query",
        "schema": {
          "type": "string"
        }
      }
    },
    "responses": {
      "Error": {
        "description": "A Backstage error body",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/ErrorBody"
            }
          }
        }
      }
    },
    "schemas": {
      "ErrorBody": {
        "type": "object",
        "required": [
          "error"
        ],
        "additionalProperties": true,
        "properties": {
          "error": {
            "type": "object",
            "required": [
              "name",
              "message"
            ],
            "additionalProperties": true,
            "properties": {
              "name": {
                "type": "string"
              },
              "message": {
                "type": "string"
              },
              "missing": {
                "type": "array",
                "description": "With a refused transition, what is missing",
                "items": {
                  "type": "string"
                }
              },
              "changes": {
                "type": "array",
                "description": "With 409, what happened since the version given",
                "items": {
                  "$ref": "#/components/schemas/TimelineEntry"
                }
              }
            }
          }
        }
      },
      "IncidentStatus": {
        "type": "string",
        "enum": [
          "proposed",
          "investigating",
          "identified",
          "monitoring",
          "resolved",
          "learning",
          "closed",
          "declined",
          "merged"
        ]
      },
      "RoleId": {
        "type": "string",
        "description": "An id of the policy; always has commander"
      },
      "Permit": {
        "description": "Whether the person who asks may do something, and if not why",
        "type": "object",
        "required": [
          "allowed"
        ],
        "properties": {
          "allowed": {
            "type": "boolean"
          },
          "reason": {
            "type": "string",
            "description": "One sentence; what is missing"
          }
        }
      },
      "Policy": {
        "type": "object",
        "required": [
          "severities",
          "roles",
          "obligations",
          "limits",
          "permits"
        ],
        "properties": {
          "severities": {
            "type": "array",
            "description": "The gravest first",
            "items": {
              "$ref": "#/components/schemas/Severity"
            }
          },
          "roles": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/RoleDefinition"
            }
          },
          "obligations": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ObligationRule"
            }
          },
          "limits": {
            "type": "object",
            "required": [
              "title",
              "text"
            ],
            "properties": {
              "title": {
                "type": "integer",
                "description": "Greatest length in characters"
              },
              "text": {
                "type": "integer",
                "description": "Greatest length in characters"
              }
            }
          },
          "permits": {
            "type": "object",
            "required": [
              "declare"
            ],
            "properties": {
              "declare": {
                "$ref": "#/components/schemas/Permit"
              }
            }
          }
        }
      },
      "Severity": {
        "type": "object",
        "required": [
          "id",
          "title",
          "definition",
          "response"
        ],
        "properties": {
          "id": {
            "type": "string",
            "example": "SEV-1"
          },
          "title": {
            "type": "string"
          },
          "definition": {
            "type": "string"
          },
          "response": {
            "type": "string"
          },
          "runbook": {
            "type": "string",
            "description": "Entity ref of a procedure"
          }
        }
      },
      "RoleDefinition": {
        "type": "object",
        "required": [
          "id",
          "title",
          "description"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "description": {
            "type": "string"
          }
        }
      },
      "ObligationKind": {
        "type": "string",
        "enum": [
          "commander",
          "update",
          "review",
          "offer"
        ]
      },
      "ObligationRule": {
        "type": "object",
        "required": [
          "kind",
          "severities",
          "due"
        ],
        "properties": {
          "kind": {
            "$ref": "#/components/schemas/ObligationKind"
          },
          "severities": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "due": {
            "type": "string",
            "description": "ISO 8601 duration, or for example \"5 business days\""
          }
        }
      },
      "IncidentSummary": {
        "type": "object",
        "required": [
          "incidentId",
          "reference",
          "title",
          "severity",
          "status",
          "open",
          "drill",
          "entityRefs",
          "owners",
          "createdAt",
          "updatedAt",
          "version",
          "headline"
        ],
        "properties": {
          "incidentId": {
            "type": "string"
          },
          "reference": {
            "type": "string",
            "example": "INC-12"
          },
          "title": {
            "type": "string"
          },
          "severity": {
            "type": "string"
          },
          "status": {
            "$ref": "#/components/schemas/IncidentStatus"
          },
          "open": {
            "type": "boolean"
          },
          "drill": {
            "type": "boolean"
          },
          "entityRefs": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "owners": {
            "type": "array",
            "description": "Owners of the affected entities when it was declared",
            "items": {
              "type": "string"
            }
          },
          "commander": {
            "type": "string",
            "description": "User ref"
          },
          "declaredBy": {
            "type": "string",
            "description": "User ref; absent when proposed"
          },
          "createdAt": {
            "type": "string",
            "format": "date-time",
            "description": "Proposed or declared, whichever came first"
          },
          "declaredAt": {
            "type": "string",
            "format": "date-time"
          },
          "mitigatedAt": {
            "type": "string",
            "format": "date-time"
          },
          "resolvedAt": {
            "type": "string",
            "format": "date-time"
          },
          "closedAt": {
            "type": "string",
            "format": "date-time"
          },
          "updatedAt": {
            "type": "string",
            "format": "date-time"
          },
          "lastUpdateAt": {
            "type": "string",
            "format": "date-time",
            "description": "When the last update was posted"
          },
          "mergedInto": {
            "type": "string",
            "description": "Reference"
          },
          "version": {
            "type": "integer",
            "description": "Sequence number of the last event"
          },
          "headline": {
            "type": "string",
            "description": "One sentence, what is due next and by whom"
          },
          "next": {
            "$ref": "#/components/schemas/NextDuty"
          }
        }
      },
      "NextDuty": {
        "type": "object",
        "required": [
          "obligationId",
          "kind",
          "title",
          "dueAt",
          "state",
          "responsible"
        ],
        "properties": {
          "obligationId": {
            "type": "string"
          },
          "kind": {
            "$ref": "#/components/schemas/ObligationKind"
          },
          "title": {
            "type": "string"
          },
          "dueAt": {
            "type": "string",
            "format": "date-time"
          },
          "state": {
            "$ref": "#/components/schemas/ObligationState"
          },
          "responsible": {
            "type": "array",
            "description": "Entity refs; who has to do it now",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "IncidentPage": {
        "type": "object",
        "required": [
          "items",
          "total"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/IncidentSummary"
            }
          },
          "total": {
            "type": "integer",
            "description": "Incidents that match, at most 1000"
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "IncidentView": {
        "allOf": [
          {
            "$ref": "#/components/schemas/IncidentSummary"
          },
          {
            "type": "object",
            "required": [
              "roles",
              "obligations",
              "updates",
              "actionItems",
              "review",
              "runs",
              "alerts",
              "timeline",
              "permits"
            ],
            "properties": {
              "description": {
                "type": "string"
              },
              "source": {
                "type": "string",
                "description": "Alert source, when proposed by alerts"
              },
              "impact": {
                "$ref": "#/components/schemas/Impact"
              },
              "cause": {
                "type": "string"
              },
              "mitigation": {
                "$ref": "#/components/schemas/Mitigation"
              },
              "resolution": {
                "type": "string"
              },
              "endReason": {
                "type": "string",
                "description": "Why it was declined or merged"
              },
              "roles": {
                "type": "array",
                "description": "Every role of the policy, held or not",
                "items": {
                  "$ref": "#/components/schemas/Role"
                }
              },
              "obligations": {
                "type": "array",
                "description": "Open ones by due time, then those that are over",
                "items": {
                  "$ref": "#/components/schemas/Obligation"
                }
              },
              "updates": {
                "type": "array",
                "description": "Newest first",
                "items": {
                  "$ref": "#/components/schemas/Update"
                }
              },
              "nextUpdateAt": {
                "type": "string",
                "format": "date-time",
                "description": "When the next update was promised or is due"
              },
              "actionItems": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/ActionItem"
                }
              },
              "review": {
                "$ref": "#/components/schemas/Review"
              },
              "runs": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/RunbookRun"
                }
              },
              "runbook": {
                "type": "string",
                "description": "Procedure that start-runbook starts unless told otherwise"
              },
              "alerts": {
                "type": "object",
                "required": [
                  "open",
                  "total"
                ],
                "properties": {
                  "open": {
                    "type": "integer"
                  },
                  "total": {
                    "type": "integer"
                  }
                }
              },
              "reopened": {
                "type": "integer",
                "description": "How often it was reopened"
              },
              "timeline": {
                "type": "array",
                "description": "The latest 50 events as sentences, newest first",
                "items": {
                  "$ref": "#/components/schemas/TimelineEntry"
                }
              },
              "permits": {
                "type": "object",
                "description": "By type of command",
                "additionalProperties": {
                  "$ref": "#/components/schemas/Permit"
                }
              }
            }
          }
        ]
      },
      "Impact": {
        "type": "object",
        "required": [
          "statement",
          "by",
          "at"
        ],
        "properties": {
          "statement": {
            "type": "string"
          },
          "startedAt": {
            "type": "string",
            "format": "date-time"
          },
          "by": {
            "type": "string"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "Mitigation": {
        "type": "object",
        "required": [
          "statement",
          "mitigatedAt",
          "by",
          "at"
        ],
        "properties": {
          "statement": {
            "type": "string"
          },
          "mitigatedAt": {
            "type": "string",
            "format": "date-time"
          },
          "by": {
            "type": "string"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "Role": {
        "type": "object",
        "required": [
          "role",
          "title",
          "permits"
        ],
        "properties": {
          "role": {
            "$ref": "#/components/schemas/RoleId"
          },
          "title": {
            "type": "string"
          },
          "description": {
            "type": "string"
          },
          "holder": {
            "type": "string",
            "description": "User ref of who accepted it"
          },
          "acceptedAt": {
            "type": "string",
            "format": "date-time"
          },
          "offer": {
            "type": "object",
            "required": [
              "to",
              "by",
              "at",
              "expiresAt"
            ],
            "properties": {
              "to": {
                "type": "string"
              },
              "by": {
                "type": "string"
              },
              "at": {
                "type": "string",
                "format": "date-time"
              },
              "expiresAt": {
                "type": "string",
                "format": "date-time"
              }
            }
          },
          "permits": {
            "type": "object",
            "required": [
              "take",
              "offer",
              "accept",
              "decline",
              "release"
            ],
            "properties": {
              "take": {
                "$ref": "#/components/schemas/Permit"
              },
              "offer": {
                "$ref": "#/components/schemas/Permit"
              },
              "accept": {
                "$ref": "#/components/schemas/Permit"
              },
              "decline": {
                "$ref": "#/components/schemas/Permit"
              },
              "release": {
                "$ref": "#/components/schemas/Permit"
              }
            }
          }
        }
      },
      "ObligationState": {
        "type": "string",
        "enum": [
          "pending",
          "warned",
          "breached",
          "satisfied",
          "cancelled"
        ]
      },
      "Obligation": {
        "type": "object",
        "required": [
          "obligationId",
          "kind",
          "title",
          "state",
          "startedAt",
          "dueAt",
          "late",
          "level",
          "responsible"
        ],
        "properties": {
          "obligationId": {
            "type": "string"
          },
          "kind": {
            "$ref": "#/components/schemas/ObligationKind"
          },
          "title": {
            "type": "string"
          },
          "role": {
            "$ref": "#/components/schemas/RoleId"
          },
          "state": {
            "$ref": "#/components/schemas/ObligationState"
          },
          "startedAt": {
            "type": "string",
            "format": "date-time"
          },
          "warnAt": {
            "type": "string",
            "format": "date-time"
          },
          "dueAt": {
            "type": "string",
            "format": "date-time"
          },
          "warnedAt": {
            "type": "string",
            "format": "date-time"
          },
          "breachedAt": {
            "type": "string",
            "format": "date-time"
          },
          "satisfiedAt": {
            "type": "string",
            "format": "date-time"
          },
          "cancelledAt": {
            "type": "string",
            "format": "date-time"
          },
          "late": {
            "type": "boolean",
            "description": "Breached before it was satisfied, or still is"
          },
          "lateBySeconds": {
            "type": "integer",
            "description": "How long after its time the engine could record the breach"
          },
          "level": {
            "type": "integer",
            "description": "Escalation level reached, 0 for none"
          },
          "notified": {
            "type": "array",
            "description": "Who was told so far; entity refs",
            "items": {
              "type": "string"
            }
          },
          "responsible": {
            "type": "array",
            "description": "Entity refs; who has to do it now",
            "items": {
              "type": "string"
            }
          },
          "satisfiedBy": {
            "type": "integer",
            "description": "Number of the event that satisfied it"
          }
        }
      },
      "Update": {
        "type": "object",
        "required": [
          "seq",
          "at",
          "by",
          "message",
          "audience"
        ],
        "properties": {
          "seq": {
            "type": "integer"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "by": {
            "type": "string"
          },
          "message": {
            "type": "string"
          },
          "audience": {
            "$ref": "#/components/schemas/Audience"
          },
          "nextUpdateAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "Audience": {
        "type": "string",
        "enum": [
          "internal",
          "customers"
        ]
      },
      "ActionItem": {
        "type": "object",
        "required": [
          "actionItemId",
          "title",
          "state",
          "overdue",
          "createdAt",
          "createdBy"
        ],
        "properties": {
          "actionItemId": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "owner": {
            "type": "string",
            "description": "User or group ref"
          },
          "dueOn": {
            "type": "string",
            "format": "date"
          },
          "state": {
            "type": "string",
            "enum": [
              "open",
              "done",
              "dropped"
            ]
          },
          "overdue": {
            "type": "boolean"
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "createdBy": {
            "type": "string"
          },
          "doneAt": {
            "type": "string",
            "format": "date-time"
          },
          "reason": {
            "type": "string",
            "description": "Why it was dropped"
          },
          "url": {
            "type": "string"
          }
        }
      },
      "Review": {
        "type": "object",
        "required": [
          "state",
          "summary",
          "causes",
          "wentWell",
          "wentWrong"
        ],
        "properties": {
          "state": {
            "type": "string",
            "enum": [
              "none",
              "draft",
              "done",
              "waiver-requested",
              "waived"
            ]
          },
          "summary": {
            "type": "string"
          },
          "causes": {
            "type": "string"
          },
          "wentWell": {
            "type": "string"
          },
          "wentWrong": {
            "type": "string"
          },
          "editedAt": {
            "type": "string",
            "format": "date-time"
          },
          "editedBy": {
            "type": "string"
          },
          "doneAt": {
            "type": "string",
            "format": "date-time"
          },
          "doneBy": {
            "type": "string"
          },
          "waiver": {
            "type": "object",
            "required": [
              "reason",
              "by",
              "at"
            ],
            "properties": {
              "reason": {
                "type": "string"
              },
              "by": {
                "type": "string"
              },
              "at": {
                "type": "string",
                "format": "date-time"
              },
              "approvedBy": {
                "type": "string"
              },
              "approvedAt": {
                "type": "string",
                "format": "date-time"
              }
            }
          }
        }
      },
      "RunbookRun": {
        "type": "object",
        "required": [
          "runId",
          "sopRef",
          "title",
          "startedBy",
          "startedAt"
        ],
        "properties": {
          "runId": {
            "type": "string"
          },
          "sopRef": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "startedBy": {
            "type": "string"
          },
          "startedAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "TimelineEntry": {
        "type": "object",
        "required": [
          "seq",
          "at",
          "type",
          "text",
          "hash"
        ],
        "properties": {
          "seq": {
            "type": "integer"
          },
          "at": {
            "type": "string",
            "format": "date-time",
            "description": "When it was recorded"
          },
          "occurredAt": {
            "type": "string",
            "format": "date-time",
            "description": "When it happened, if that was told"
          },
          "type": {
            "type": "string",
            "example": "update.posted"
          },
          "actor": {
            "type": "string",
            "description": "Absent for the engine itself"
          },
          "text": {
            "type": "string",
            "description": "A sentence without its subject, such as \"raised the severity to SEV-1\""
          },
          "detail": {
            "type": "string",
            "description": "What the person wrote"
          },
          "data": {
            "type": "object",
            "additionalProperties": true
          },
          "hash": {
            "type": "string"
          }
        }
      },
      "TimelinePage": {
        "type": "object",
        "required": [
          "items",
          "genesis"
        ],
        "properties": {
          "genesis": {
            "type": "string"
          },
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/TimelineEntry"
            }
          },
          "nextBefore": {
            "type": "integer",
            "description": "Pass as `before` for older events"
          }
        }
      },
      "Verification": {
        "type": "object",
        "required": [
          "ok",
          "events",
          "message",
          "checkedAt"
        ],
        "properties": {
          "ok": {
            "type": "boolean"
          },
          "events": {
            "type": "integer",
            "description": "Events checked"
          },
          "seq": {
            "type": "integer",
            "description": "The first bad event"
          },
          "reason": {
            "type": "string"
          },
          "message": {
            "type": "string",
            "description": "One sentence"
          },
          "expected": {
            "type": "string"
          },
          "found": {
            "type": "string"
          },
          "head": {
            "type": "string",
            "description": "Hash of the last event"
          },
          "checkedAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "Distribution": {
        "type": "object",
        "required": [
          "n",
          "coverage"
        ],
        "properties": {
          "n": {
            "type": "integer",
            "description": "Incidents that have a value"
          },
          "coverage": {
            "type": "number",
            "description": "n divided by all that count, 0 to 1"
          },
          "median": {
            "type": "number",
            "description": "Seconds"
          },
          "p90": {
            "type": "number",
            "description": "Seconds, nearest rank"
          }
        }
      },
      "Metrics": {
        "type": "object",
        "required": [
          "from",
          "to",
          "n",
          "excluded",
          "timeToDeclare",
          "timeToAcknowledge",
          "timeToCommander",
          "timeToMitigate",
          "timeToResolve",
          "activeTimeToResolve",
          "duties",
          "bySeverity"
        ],
        "properties": {
          "from": {
            "type": "string",
            "format": "date-time"
          },
          "to": {
            "type": "string",
            "format": "date-time"
          },
          "n": {
            "type": "integer",
            "description": "Incidents that count"
          },
          "excluded": {
            "type": "object",
            "required": [
              "drills",
              "merged",
              "declined"
            ],
            "properties": {
              "drills": {
                "type": "integer"
              },
              "merged": {
                "type": "integer"
              },
              "declined": {
                "type": "integer"
              }
            }
          },
          "timeToDeclare": {
            "$ref": "#/components/schemas/Distribution"
          },
          "timeToAcknowledge": {
            "$ref": "#/components/schemas/Distribution"
          },
          "timeToCommander": {
            "$ref": "#/components/schemas/Distribution"
          },
          "timeToMitigate": {
            "$ref": "#/components/schemas/Distribution"
          },
          "timeToResolve": {
            "$ref": "#/components/schemas/Distribution"
          },
          "activeTimeToResolve": {
            "$ref": "#/components/schemas/Distribution"
          },
          "duties": {
            "type": "object",
            "required": [
              "kept",
              "late"
            ],
            "properties": {
              "kept": {
                "type": "integer",
                "description": "Satisfied in time"
              },
              "late": {
                "type": "integer",
                "description": "Breached"
              }
            }
          },
          "bySeverity": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "severity",
                "n"
              ],
              "properties": {
                "severity": {
                  "type": "string"
                },
                "n": {
                  "type": "integer"
                }
              }
            }
          }
        }
      },
      "AlertEpisode": {
        "type": "object",
        "required": [
          "episodeId",
          "source",
          "fingerprint",
          "name",
          "labels",
          "annotations",
          "open",
          "startsAt",
          "firstSeenAt",
          "lastSeenAt",
          "deliveries"
        ],
        "properties": {
          "episodeId": {
            "type": "string"
          },
          "source": {
            "type": "string"
          },
          "fingerprint": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "summary": {
            "type": "string"
          },
          "labels": {
            "type": "object",
            "additionalProperties": {
              "type": "string"
            }
          },
          "annotations": {
            "type": "object",
            "additionalProperties": {
              "type": "string"
            }
          },
          "entityRef": {
            "type": "string"
          },
          "open": {
            "type": "boolean"
          },
          "startsAt": {
            "type": "string",
            "format": "date-time"
          },
          "endsAt": {
            "type": "string",
            "format": "date-time"
          },
          "firstSeenAt": {
            "type": "string",
            "format": "date-time"
          },
          "lastSeenAt": {
            "type": "string",
            "format": "date-time"
          },
          "deliveries": {
            "type": "integer",
            "description": "How often it was delivered while open"
          },
          "incidentId": {
            "type": "string"
          },
          "incidentReference": {
            "type": "string"
          },
          "generatorUrl": {
            "type": "string"
          }
        }
      },
      "AlertPage": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/AlertEpisode"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "Delivery": {
        "type": "object",
        "required": [
          "deliveryId",
          "source",
          "receivedAt",
          "bytes",
          "sha256",
          "verdict",
          "message",
          "counts"
        ],
        "properties": {
          "deliveryId": {
            "type": "string"
          },
          "source": {
            "type": "string"
          },
          "receivedAt": {
            "type": "string",
            "format": "date-time"
          },
          "bytes": {
            "type": "integer"
          },
          "sha256": {
            "type": "string"
          },
          "verdict": {
            "type": "string",
            "enum": [
              "accepted",
              "duplicate",
              "stale",
              "rejected"
            ]
          },
          "message": {
            "type": "string",
            "description": "One sentence"
          },
          "counts": {
            "$ref": "#/components/schemas/DeliveryCounts"
          }
        }
      },
      "DeliveryCounts": {
        "type": "object",
        "required": [
          "alerts",
          "opened",
          "updated",
          "resolved",
          "duplicate",
          "stale",
          "unmatched",
          "proposed"
        ],
        "properties": {
          "alerts": {
            "type": "integer"
          },
          "opened": {
            "type": "integer",
            "description": "Episodes opened"
          },
          "updated": {
            "type": "integer",
            "description": "Open episodes that changed"
          },
          "resolved": {
            "type": "integer",
            "description": "Episodes that ended"
          },
          "duplicate": {
            "type": "integer",
            "description": "Nothing new"
          },
          "stale": {
            "type": "integer",
            "description": "Older than what is known, ignored"
          },
          "unmatched": {
            "type": "integer",
            "description": "No entity found"
          },
          "proposed": {
            "type": "integer",
            "description": "Incidents proposed"
          },
          "joined": {
            "type": "integer",
            "description": "Episodes that joined an incident"
          }
        }
      },
      "DeliveryPage": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Delivery"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "DeclareRequest": {
        "type": "object",
        "required": [
          "commandId",
          "title",
          "severity"
        ],
        "additionalProperties": false,
        "properties": {
          "commandId": {
            "type": "string",
            "minLength": 8,
            "maxLength": 64
          },
          "title": {
            "type": "string",
            "minLength": 1,
            "maxLength": 200
          },
          "severity": {
            "type": "string",
            "maxLength": 40
          },
          "description": {
            "type": "string",
            "maxLength": 10000
          },
          "entityRefs": {
            "type": "array",
            "maxItems": 50,
            "items": {
              "type": "string",
              "maxLength": 300
            }
          },
          "takeCommand": {
            "type": "boolean",
            "description": "Who declares takes command in the same step"
          },
          "impactStartedAt": {
            "type": "string",
            "format": "date-time"
          },
          "detectedAt": {
            "type": "string",
            "format": "date-time"
          },
          "drill": {
            "type": "boolean"
          }
        }
      },
      "CommandRequest": {
        "type": "object",
        "required": [
          "commandId",
          "command"
        ],
        "additionalProperties": false,
        "properties": {
          "commandId": {
            "type": "string",
            "minLength": 8,
            "maxLength": 64
          },
          "expectedVersion": {
            "type": "integer",
            "minimum": 1,
            "description": "The version that was seen"
          },
          "command": {
            "$ref": "#/components/schemas/Command"
          }
        }
      },
      "Command": {
        "type": "object",
        "required": [
          "type"
        ],
        "additionalProperties": false,
        "description": "Fields by type. confirm: severity, title?, takeCommand?. decline: reason. merge: into, reason?. acknowledge. take-role: role, reason (needed when somebody else holds it). offer-role: role, person. accept-role: role. decline-role: role, reason?. release-role: role, reason? (not commander). post-update: message, audience?, nextUpdateAt?, nextUpdateReason?. note: message, occurredAt?. set-severity: severity, reason. set-impact: message, startedAt?, entityRefs?. record-mitigation: message, mitigatedAt?. identify: message (the cause). monitor. resolve: message?. reopen: reason. start-review. edit-review: review. complete-review. waive-review: reason. approve-waiver. add-action-item: actionItem. edit-action-item: actionItemId, actionItem. complete-action-item: actionItemId. drop-action-item: actionItemId, reason. start-runbook: sopRef?, targetRef?. close.",
        "properties": {
          "type": {
            "$ref": "#/components/schemas/CommandType"
          },
          "severity": {
            "type": "string",
            "maxLength": 40
          },
          "title": {
            "type": "string",
            "minLength": 1,
            "maxLength": 200
          },
          "takeCommand": {
            "type": "boolean"
          },
          "reason": {
            "type": "string",
            "maxLength": 10000
          },
          "into": {
            "type": "string",
            "maxLength": 64,
            "description": "Id or reference"
          },
          "role": {
            "type": "string",
            "maxLength": 40
          },
          "person": {
            "type": "string",
            "maxLength": 300,
            "description": "User ref"
          },
          "message": {
            "type": "string",
            "maxLength": 10000
          },
          "audience": {
            "$ref": "#/components/schemas/Audience"
          },
          "nextUpdateAt": {
            "type": "string",
            "format": "date-time"
          },
          "nextUpdateReason": {
            "type": "string",
            "maxLength": 10000
          },
          "occurredAt": {
            "type": "string",
            "format": "date-time"
          },
          "startedAt": {
            "type": "string",
            "format": "date-time"
          },
          "mitigatedAt": {
            "type": "string",
            "format": "date-time"
          },
          "entityRefs": {
            "type": "array",
            "maxItems": 50,
            "items": {
              "type": "string",
              "maxLength": 300
            }
          },
          "review": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "summary": {
                "type": "string",
                "maxLength": 10000
              },
              "causes": {
                "type": "string",
                "maxLength": 10000
              },
              "wentWell": {
                "type": "string",
                "maxLength": 10000
              },
              "wentWrong": {
                "type": "string",
                "maxLength": 10000
              }
            }
          },
          "actionItemId": {
            "type": "string",
            "maxLength": 64
          },
          "actionItem": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "title": {
                "type": "string",
                "minLength": 1,
                "maxLength": 200
              },
              "owner": {
                "type": "string",
                "maxLength": 300
              },
              "dueOn": {
                "type": "string",
                "format": "date"
              },
              "url": {
                "type": "string",
                "maxLength": 2000
              }
            }
          },
          "sopRef": {
            "type": "string",
            "maxLength": 300
          },
          "targetRef": {
            "type": "string",
            "maxLength": 300
          }
        }
      },
      "CommandType": {
        "type": "string",
        "enum": [
          "confirm",
          "decline",
          "merge",
          "acknowledge",
          "take-role",
          "offer-role",
          "accept-role",
          "decline-role",
          "release-role",
          "post-update",
          "note",
          "set-severity",
          "set-impact",
          "record-mitigation",
          "identify",
          "monitor",
          "resolve",
          "reopen",
          "start-review",
          "edit-review",
          "complete-review",
          "waive-review",
          "approve-waiver",
          "add-action-item",
          "edit-action-item",
          "complete-action-item",
          "drop-action-item",
          "start-runbook",
          "close"
        ]
      }
    }
  }
} as const;
