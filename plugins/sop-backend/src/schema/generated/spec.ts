// Generated from openapi.yaml by "yarn generate". Do not edit.
export const spec = {
  "openapi": "3.0.3",
  "info": {
    "title": "sop",
    "version": "1",
    "description": "Runs of standard operating procedures: start them, work their tasks, decide their approvals, read and verify their journals.",
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
    "/procedures": {
      "get": {
        "operationId": "ListProcedures",
        "summary": "How each procedure stands in its document control",
        "parameters": [
          {
            "name": "sopRef",
            "in": "query",
            "description": "Only these; all that the person who asks sees when absent",
            "schema": {
              "type": "array",
              "maxItems": 100,
              "items": {
                "type": "string"
              }
            }
          }
        ],
        "responses": {
          "200": {
            "description": "Every valid procedure that the person who asks sees",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "items"
                  ],
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/ProcedureStanding"
                      }
                    }
                  }
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
    "/schemas/{file}": {
      "get": {
        "operationId": "GetSchema",
        "summary": "The JSON schema of a kind, for editors; needs no sign-in",
        "parameters": [
          {
            "name": "file",
            "in": "path",
            "required": true,
            "description": "For example SOP.v1alpha1.schema.json",
            "schema": {
              "type": "string",
              "maxLength": 100
            }
          }
        ],
        "responses": {
          "200": {
            "description": "A document of JSON Schema, draft 7",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "additionalProperties": true
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
    "/procedures/validate": {
      "post": {
        "operationId": "ValidateProcedure",
        "summary": "Checks a procedure without registering it",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "required": [
                  "entity"
                ],
                "properties": {
                  "entity": {
                    "type": "object",
                    "additionalProperties": true
                  }
                }
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The problems found; none when the procedure is valid",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "problems"
                  ],
                  "properties": {
                    "problems": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/Problem"
                      }
                    }
                  }
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
    "/procedures/by-entity": {
      "get": {
        "operationId": "ListProceduresForEntity",
        "summary": "The procedures that govern an entity, each with its latest run there",
        "parameters": [
          {
            "name": "entityRef",
            "in": "query",
            "required": true,
            "schema": {
              "type": "string"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "Procedures, by number",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "items"
                  ],
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/GoverningProcedure"
                      }
                    }
                  }
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
    "/procedures/schedule": {
      "get": {
        "operationId": "GetSchedule",
        "summary": "When runs of a procedure start by themselves",
        "parameters": [
          {
            "name": "sopRef",
            "in": "query",
            "required": true,
            "schema": {
              "type": "string"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The schedule in force and its next occurrences",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ScheduleView"
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
    "/procedures/occurrences": {
      "get": {
        "operationId": "ListOccurrences",
        "summary": "What became of occurrences of schedules, latest first",
        "description": "One item per occurrence and target. Without `sopRef` those of every procedure that the caller sees.",
        "parameters": [
          {
            "name": "sopRef",
            "in": "query",
            "schema": {
              "type": "string"
            }
          },
          {
            "name": "targetRef",
            "in": "query",
            "schema": {
              "type": "string"
            }
          },
          {
            "name": "state",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "$ref": "#/components/schemas/OccurrenceState"
              }
            }
          },
          {
            "name": "from",
            "in": "query",
            "description": "Instant, inclusive",
            "schema": {
              "type": "string",
              "format": "date-time"
            }
          },
          {
            "name": "to",
            "in": "query",
            "description": "Instant, exclusive",
            "schema": {
              "type": "string",
              "format": "date-time"
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
                  "$ref": "#/components/schemas/OccurrencePage"
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
    "/procedures/{sopRef}/simulation": {
      "post": {
        "operationId": "SimulateRun",
        "summary": "What a run would meet, and when it would be over at the earliest",
        "description": "Plays the run with a clock of its own; nothing is written. Windows, policies and people are those of now.",
        "parameters": [
          {
            "name": "sopRef",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string"
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/SimulationRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The forecast",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Simulation"
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
    "/policies/by-entity": {
      "get": {
        "operationId": "ListPoliciesForEntity",
        "summary": "The policies that are about an entity, and whether each is in force there",
        "parameters": [
          {
            "name": "entityRef",
            "in": "query",
            "required": true,
            "schema": {
              "type": "string"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "Policies, those in force first",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "items"
                  ],
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/EntityPolicy"
                      }
                    }
                  }
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
    "/policies/targets": {
      "get": {
        "operationId": "ListPolicyTargets",
        "summary": "The entities that a policy is about, and whether it is in force on each",
        "parameters": [
          {
            "name": "policyRef",
            "in": "query",
            "required": true,
            "schema": {
              "type": "string"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "At most 500 entities that the caller can see",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "items",
                    "total"
                  ],
                  "properties": {
                    "total": {
                      "type": "integer",
                      "description": "All that it is about"
                    },
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/EntityPolicy"
                      }
                    }
                  }
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
    "/procedures/{namespace}/{name}/control": {
      "get": {
        "operationId": "GetControl",
        "summary": "Which revision is in force, who signed it, and what is in review",
        "parameters": [
          {
            "$ref": "#/components/parameters/namespace"
          },
          {
            "$ref": "#/components/parameters/name"
          }
        ],
        "responses": {
          "200": {
            "description": "Document control as the person who asks sees it",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ControlView"
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
    "/procedures/{namespace}/{name}/control/journal": {
      "get": {
        "operationId": "GetControlJournal",
        "summary": "The events of the document in order, with their hashes",
        "parameters": [
          {
            "$ref": "#/components/parameters/namespace"
          },
          {
            "$ref": "#/components/parameters/name"
          },
          {
            "name": "after",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 0
            }
          },
          {
            "$ref": "#/components/parameters/limit"
          }
        ],
        "responses": {
          "200": {
            "description": "Events with a sequence number greater than `after`",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "genesis",
                    "items"
                  ],
                  "properties": {
                    "genesis": {
                      "type": "string"
                    },
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/JournalEntry"
                      }
                    }
                  }
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
    "/procedures/{namespace}/{name}/control/verify": {
      "post": {
        "operationId": "VerifyControl",
        "summary": "Recomputes the hash chain of the document and folds it again",
        "parameters": [
          {
            "$ref": "#/components/parameters/namespace"
          },
          {
            "$ref": "#/components/parameters/name"
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
    "/procedures/{namespace}/{name}/revisions/{hash}": {
      "get": {
        "operationId": "GetRevision",
        "summary": "A revision with its content",
        "parameters": [
          {
            "$ref": "#/components/parameters/namespace"
          },
          {
            "$ref": "#/components/parameters/name"
          },
          {
            "$ref": "#/components/parameters/hash"
          }
        ],
        "responses": {
          "200": {
            "description": "The revision",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RevisionDetail"
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
    "/procedures/{namespace}/{name}/revisions/{hash}/diff": {
      "get": {
        "operationId": "GetRevisionDiff",
        "summary": "What is different from an older revision",
        "parameters": [
          {
            "$ref": "#/components/parameters/namespace"
          },
          {
            "$ref": "#/components/parameters/name"
          },
          {
            "$ref": "#/components/parameters/hash"
          },
          {
            "name": "from",
            "in": "query",
            "description": "Hash of the older revision; the one before when absent",
            "schema": {
              "type": "string"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The difference, step by step and as text",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RevisionDiff"
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
    "/procedures/{namespace}/{name}/revisions/{hash}/signatures": {
      "post": {
        "operationId": "SignRevision",
        "summary": "Signs a revision",
        "description": "By a person at the sign-in page only. 409 when the file has another content by now, or when this person has signed. The person signs exactly this hash.",
        "parameters": [
          {
            "$ref": "#/components/parameters/namespace"
          },
          {
            "$ref": "#/components/parameters/name"
          },
          {
            "$ref": "#/components/parameters/hash"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/SignatureRequest"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "The document after it",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ControlView"
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
    "/procedures/{namespace}/{name}/revisions/{hash}/withdrawals": {
      "post": {
        "operationId": "WithdrawSignature",
        "summary": "Takes one's own signature or rejection back",
        "description": "Possible until the revision is in force.",
        "parameters": [
          {
            "$ref": "#/components/parameters/namespace"
          },
          {
            "$ref": "#/components/parameters/name"
          },
          {
            "$ref": "#/components/parameters/hash"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ReasonRequest"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "The document after it",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ControlView"
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
    "/procedures/{namespace}/{name}/revisions/{hash}/rejections": {
      "post": {
        "operationId": "RejectRevision",
        "summary": "Says as an approver that a revision may not come into force",
        "description": "The revision is a draft again.",
        "parameters": [
          {
            "$ref": "#/components/parameters/namespace"
          },
          {
            "$ref": "#/components/parameters/name"
          },
          {
            "$ref": "#/components/parameters/hash"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ReasonRequest"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "The document after it",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ControlView"
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
    "/procedures/{namespace}/{name}/revisions/{hash}/acknowledgements": {
      "post": {
        "operationId": "AcknowledgeRevision",
        "summary": "Says that one has read and understood a revision",
        "description": "By a person at the sign-in page only. A second time changes nothing.",
        "parameters": [
          {
            "$ref": "#/components/parameters/namespace"
          },
          {
            "$ref": "#/components/parameters/name"
          },
          {
            "$ref": "#/components/parameters/hash"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/AcknowledgeRequest"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "The document after it",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ControlView"
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
    "/reviews": {
      "get": {
        "operationId": "ListReviews",
        "summary": "Revisions in force whose review is due or overdue",
        "responses": {
          "200": {
            "description": "The most overdue first",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "items"
                  ],
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/ReviewItem"
                      }
                    }
                  }
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
    "/gate": {
      "get": {
        "operationId": "GetGate",
        "summary": "Whether an entity may be changed in production now, and why not",
        "description": "Never 403 because of the answer: `allowed` says it. Reasons come from whatever contributes to the gate: error budgets, incidents, policies.",
        "parameters": [
          {
            "name": "entityRef",
            "in": "query",
            "required": true,
            "schema": {
              "type": "string"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The decision, as of now",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/GateDecision"
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
    "/events": {
      "get": {
        "operationId": "ListEvents",
        "summary": "What happened in all runs, for systems that keep a cursor",
        "description": "CloudEvents in an order that is safe to follow: nothing ever turns up behind a cursor that was given out. Keep `cursor` after working a page and ask for what comes after it; a page without items means that there is nothing new. Events of one run come in order.",
        "parameters": [
          {
            "name": "after",
            "in": "query",
            "schema": {
              "type": "string"
            }
          },
          {
            "name": "limit",
            "in": "query",
            "description": "Transitions of runs; each has one event or more",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 1000
            }
          }
        ],
        "responses": {
          "200": {
            "description": "One page",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/EventPage"
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
    "/insight/compliance": {
      "get": {
        "operationId": "ListCompliance",
        "summary": "Which entities lack a required run, the most exposed first",
        "description": "One row per entity and procedure with `spec.compliance`. Rehearsals do not count. Totals are of all rows before `state` is applied.",
        "parameters": [
          {
            "name": "sopRef",
            "in": "query",
            "schema": {
              "type": "string"
            }
          },
          {
            "name": "ownerRef",
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
            "name": "state",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "$ref": "#/components/schemas/ComplianceState"
              }
            }
          },
          {
            "name": "limit",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 1000
            }
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
                  "$ref": "#/components/schemas/CompliancePage"
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
    "/insight/steps": {
      "get": {
        "operationId": "ListStepInsight",
        "summary": "How long the steps of a procedure take and how often they are skipped",
        "parameters": [
          {
            "name": "sopRef",
            "in": "query",
            "required": true,
            "schema": {
              "type": "string"
            }
          },
          {
            "$ref": "#/components/parameters/days"
          },
          {
            "name": "byTeam",
            "in": "query",
            "description": "One row per step and team",
            "schema": {
              "type": "boolean"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "Steps",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/StepInsightPage"
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
    "/insight/toil": {
      "get": {
        "operationId": "ListToil",
        "summary": "Manual steps by the time they cost, and what automation saved",
        "parameters": [
          {
            "$ref": "#/components/parameters/days"
          }
        ],
        "responses": {
          "200": {
            "description": "Steps, the costliest first",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ToilPage"
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
    "/facts": {
      "get": {
        "operationId": "GetFacts",
        "summary": "One entity's procedures in numbers, for scorecards",
        "parameters": [
          {
            "name": "entityRef",
            "in": "query",
            "required": true,
            "schema": {
              "type": "string"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "Facts, as of now",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/EntityFacts"
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
    "/runs": {
      "get": {
        "operationId": "ListRuns",
        "summary": "Runs, newest first",
        "parameters": [
          {
            "name": "sopRef",
            "in": "query",
            "schema": {
              "type": "string"
            }
          },
          {
            "name": "targetRef",
            "in": "query",
            "schema": {
              "type": "string"
            }
          },
          {
            "name": "initiator",
            "in": "query",
            "schema": {
              "type": "string"
            }
          },
          {
            "name": "glass",
            "in": "query",
            "description": "`broken`: runs with gates that were skipped in an emergency. `open`: those of them whose review is not done.",
            "schema": {
              "type": "string",
              "enum": [
                "broken",
                "open"
              ]
            }
          },
          {
            "name": "status",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "$ref": "#/components/schemas/RunStatus"
              }
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
                  "$ref": "#/components/schemas/RunPage"
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
        "operationId": "StartRun",
        "summary": "Starts a run",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/StartRunRequest"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "The run; the same one when the command id was seen before",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RunView"
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
    "/runs/{runId}": {
      "get": {
        "operationId": "GetRun",
        "summary": "All the run page needs",
        "parameters": [
          {
            "$ref": "#/components/parameters/runId"
          }
        ],
        "responses": {
          "200": {
            "description": "The run",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RunView"
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
    "/runs/{runId}/commands": {
      "post": {
        "operationId": "ExecuteCommand",
        "summary": "Does something in a run",
        "description": "A repeat of a command id changes nothing. 409 when the task changed since the version given; the body then lists what changed.",
        "parameters": [
          {
            "$ref": "#/components/parameters/runId"
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
            "description": "The run after the command",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RunView"
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
    "/runs/{runId}/journal": {
      "get": {
        "operationId": "GetJournal",
        "summary": "The events of a run in order, with their hashes",
        "parameters": [
          {
            "$ref": "#/components/parameters/runId"
          },
          {
            "name": "after",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 0
            }
          },
          {
            "$ref": "#/components/parameters/limit"
          }
        ],
        "responses": {
          "200": {
            "description": "Events with a sequence number greater than `after`",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "genesis",
                    "items"
                  ],
                  "properties": {
                    "genesis": {
                      "type": "string"
                    },
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/JournalEntry"
                      }
                    }
                  }
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
    "/runs/{runId}/verify": {
      "post": {
        "operationId": "VerifyRun",
        "summary": "Recomputes the hash chain and replays the run",
        "parameters": [
          {
            "$ref": "#/components/parameters/runId"
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
    "/runs/{runId}/bundle": {
      "get": {
        "operationId": "ExportRun",
        "summary": "One run with everything needed to verify it offline",
        "parameters": [
          {
            "$ref": "#/components/parameters/runId"
          }
        ],
        "responses": {
          "200": {
            "description": "A bundle for handrail-verify",
            "content": {
              "application/zip": {
                "schema": {
                  "type": "string",
                  "format": "binary"
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
    "/bundle": {
      "get": {
        "operationId": "ExportPeriod",
        "summary": "Every run of a period, proven to be complete",
        "parameters": [
          {
            "name": "from",
            "in": "query",
            "required": true,
            "schema": {
              "type": "string",
              "format": "date-time"
            }
          },
          {
            "name": "to",
            "in": "query",
            "required": true,
            "schema": {
              "type": "string",
              "format": "date-time"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "A bundle for handrail-verify",
            "content": {
              "application/zip": {
                "schema": {
                  "type": "string",
                  "format": "binary"
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
    "/log": {
      "get": {
        "operationId": "GetLog",
        "summary": "How far the log of all runs is, who signs it and who has seen it",
        "responses": {
          "200": {
            "description": "The log as it is now",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/LogStatus"
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
    "/log/verify": {
      "post": {
        "operationId": "VerifyLog",
        "summary": "Compares all journals with the log, and the log with its checkpoints",
        "responses": {
          "200": {
            "description": "What was found",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/LogVerification"
                }
              }
            }
          }
        }
      }
    },
    "/locks": {
      "get": {
        "operationId": "ListLocks",
        "summary": "Who holds which lock, and who waits for it since when",
        "parameters": [
          {
            "name": "key",
            "in": "query",
            "description": "Only this lock",
            "schema": {
              "type": "string"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "Locks that somebody holds or waits for, by key; at most 1000 steps",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "items"
                  ],
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/Lock"
                      }
                    }
                  }
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
    "/tasks": {
      "get": {
        "operationId": "ListTasks",
        "summary": "Tasks of the person who asks",
        "description": "`me`: tasks I claimed or that name me in person. `groups`: open tasks that I may do through a group. `done`: tasks I did, newest first. Open ones come in order of deadline, then age.",
        "parameters": [
          {
            "name": "scope",
            "in": "query",
            "required": true,
            "schema": {
              "type": "string",
              "enum": [
                "me",
                "groups",
                "done"
              ]
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
                  "$ref": "#/components/schemas/TaskPage"
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
    "/tasks/count": {
      "get": {
        "operationId": "CountTasks",
        "summary": "How many open tasks wait for the person who asks",
        "responses": {
          "200": {
            "description": "Counts; each is at most 100",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "me",
                    "groups"
                  ],
                  "properties": {
                    "me": {
                      "type": "integer"
                    },
                    "groups": {
                      "type": "integer"
                    }
                  }
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
      "namespace": {
        "name": "namespace",
        "in": "path",
        "required": true,
        "schema": {
          "type": "string"
        }
      },
      "name": {
        "name": "name",
        "in": "path",
        "required": true,
        "schema": {
          "type": "string"
        }
      },
      "hash": {
        "name": "hash",
        "in": "path",
        "required": true,
        "schema": {
          "type": "string",
          "pattern": "^[0-9a-f]{64}$"
        }
      },
      "runId": {
        "name": "runId",
        "in": "path",
        "required": true,
        "schema": {
          "type": "string"
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
      },
      "days": {
        "name": "days",
        "in": "query",
        "description": "Steps that ended in the last days; 90 when absent",
        "schema": {
          "type": "integer",
          "minimum": 1,
          "maximum": 730
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
              "problems": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/Problem"
                }
              },
              "changes": {
                "type": "array",
                "description": "With 409, what happened to the task since the version given",
                "items": {
                  "$ref": "#/components/schemas/TimelineEntry"
                }
              }
            }
          }
        }
      },
      "ComplianceState": {
        "type": "string",
        "enum": [
          "missing",
          "overdue",
          "due-soon",
          "met"
        ]
      },
      "ComplianceRow": {
        "type": "object",
        "required": [
          "entityRef",
          "title",
          "sopRef",
          "sopTitle",
          "every",
          "openRuns",
          "state"
        ],
        "properties": {
          "entityRef": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "ownerRef": {
            "type": "string"
          },
          "sopRef": {
            "type": "string"
          },
          "sopTitle": {
            "type": "string"
          },
          "every": {
            "type": "string",
            "description": "ISO 8601 duration"
          },
          "lastCompletedAt": {
            "type": "string",
            "format": "date-time"
          },
          "openRuns": {
            "type": "integer",
            "description": "Runs that may set it right"
          },
          "state": {
            "$ref": "#/components/schemas/ComplianceState"
          },
          "dueAt": {
            "type": "string",
            "format": "date-time",
            "description": "Until when the last run counts"
          },
          "lateMs": {
            "type": "integer",
            "description": "Milliseconds since then"
          }
        }
      },
      "CompliancePage": {
        "type": "object",
        "required": [
          "items",
          "totals",
          "truncated"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ComplianceRow"
            }
          },
          "totals": {
            "type": "object",
            "required": [
              "missing",
              "overdue",
              "due-soon",
              "met"
            ],
            "properties": {
              "missing": {
                "type": "integer"
              },
              "overdue": {
                "type": "integer"
              },
              "due-soon": {
                "type": "integer"
              },
              "met": {
                "type": "integer"
              }
            }
          },
          "truncated": {
            "type": "boolean",
            "description": "There are more entities than were looked at"
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "StepInsight": {
        "description": "Times are in milliseconds and of completed attempts",
        "type": "object",
        "required": [
          "stepId",
          "stepName",
          "stepType",
          "completed",
          "failed",
          "skipped"
        ],
        "properties": {
          "stepId": {
            "type": "string"
          },
          "stepName": {
            "type": "string"
          },
          "stepType": {
            "type": "string"
          },
          "team": {
            "type": "string",
            "description": "Owner of the target, else of the procedure"
          },
          "completed": {
            "type": "integer"
          },
          "failed": {
            "type": "integer"
          },
          "skipped": {
            "type": "integer"
          },
          "medianMs": {
            "type": "integer",
            "description": "From its start to its end"
          },
          "p90Ms": {
            "type": "integer"
          },
          "medianActiveMs": {
            "type": "integer",
            "description": "Of that the time it was claimed or ran"
          }
        }
      },
      "StepInsightPage": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/StepInsight"
            }
          }
        }
      },
      "StepTimes": {
        "description": "Times are in milliseconds",
        "type": "object",
        "required": [
          "count",
          "measured",
          "perMonth"
        ],
        "properties": {
          "count": {
            "type": "integer",
            "description": "Completed in the period"
          },
          "measured": {
            "type": "integer",
            "description": "Of these, how many were claimed or ran"
          },
          "perMonth": {
            "type": "number",
            "description": "In thirty days"
          },
          "totalMs": {
            "type": "integer",
            "description": "Mean, waiting included"
          },
          "activeMs": {
            "type": "integer",
            "description": "Mean of the measured ones"
          },
          "activePerMonthMs": {
            "type": "integer"
          }
        }
      },
      "ToilItem": {
        "type": "object",
        "required": [
          "sopRef",
          "sopTitle",
          "stepId",
          "stepName"
        ],
        "properties": {
          "sopRef": {
            "type": "string"
          },
          "sopTitle": {
            "type": "string"
          },
          "stepId": {
            "type": "string"
          },
          "stepName": {
            "type": "string"
          },
          "manual": {
            "$ref": "#/components/schemas/StepTimes"
          },
          "automated": {
            "$ref": "#/components/schemas/StepTimes"
          },
          "savedPerMonthMs": {
            "type": "integer",
            "description": "What people no longer spend since it is automated"
          }
        }
      },
      "ToilPage": {
        "type": "object",
        "required": [
          "days",
          "items"
        ],
        "properties": {
          "days": {
            "type": "integer"
          },
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ToilItem"
            }
          }
        }
      },
      "EntityFacts": {
        "type": "object",
        "required": [
          "entityRef",
          "at",
          "facts"
        ],
        "properties": {
          "entityRef": {
            "type": "string"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "facts": {
            "type": "object",
            "required": [
              "requiredProcedures",
              "metProcedures",
              "missingProcedures",
              "overdueProcedures",
              "dueSoonProcedures",
              "compliant",
              "openRequiredRuns",
              "daysOverdue"
            ],
            "properties": {
              "requiredProcedures": {
                "type": "integer"
              },
              "metProcedures": {
                "type": "integer"
              },
              "missingProcedures": {
                "type": "integer"
              },
              "overdueProcedures": {
                "type": "integer"
              },
              "dueSoonProcedures": {
                "type": "integer"
              },
              "compliant": {
                "type": "boolean"
              },
              "openRequiredRuns": {
                "type": "integer"
              },
              "daysOverdue": {
                "type": "integer",
                "description": "Of the latest one"
              }
            }
          }
        }
      },
      "EventPage": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/CloudEvent"
            }
          },
          "cursor": {
            "type": "string",
            "description": "For `after`; absent while nothing ever happened"
          }
        }
      },
      "CloudEvent": {
        "description": "CloudEvents 1.0, structured mode",
        "type": "object",
        "required": [
          "specversion",
          "id",
          "source",
          "type",
          "subject",
          "time",
          "datacontenttype",
          "partitionkey",
          "sequence",
          "data"
        ],
        "properties": {
          "specversion": {
            "type": "string",
            "enum": [
              "1.0"
            ]
          },
          "id": {
            "type": "string",
            "description": "Run and number; the same when it is read again"
          },
          "source": {
            "type": "string",
            "enum": [
              "/api/sop"
            ]
          },
          "type": {
            "type": "string",
            "description": "Such as dev.handrail.sop.run.completed.v1"
          },
          "subject": {
            "type": "string",
            "description": "The run"
          },
          "time": {
            "type": "string",
            "format": "date-time"
          },
          "datacontenttype": {
            "type": "string",
            "enum": [
              "application/json"
            ]
          },
          "partitionkey": {
            "type": "string",
            "description": "Events with the same key come in order"
          },
          "sequence": {
            "type": "string",
            "description": "Number of the event in its run"
          },
          "data": {
            "type": "object",
            "description": "Evidence, inputs, outputs and reasons stay out: who may see them is decided when they are read.",
            "required": [
              "runId",
              "seq",
              "event",
              "sopRef",
              "initiator"
            ],
            "properties": {
              "runId": {
                "type": "string"
              },
              "seq": {
                "type": "integer"
              },
              "event": {
                "type": "string",
                "description": "The journal's name of the event"
              },
              "sopRef": {
                "type": "string"
              },
              "targetRef": {
                "type": "string"
              },
              "initiator": {
                "type": "string"
              },
              "actor": {
                "type": "string"
              },
              "stepId": {
                "type": "string"
              }
            }
          }
        }
      },
      "Problem": {
        "type": "object",
        "required": [
          "path",
          "message"
        ],
        "properties": {
          "path": {
            "type": "string"
          },
          "message": {
            "type": "string"
          },
          "found": {
            "type": "string"
          },
          "allowed": {
            "type": "string"
          }
        }
      },
      "RunStatus": {
        "type": "string",
        "enum": [
          "running",
          "held",
          "compensating",
          "completed",
          "failed",
          "cancelled",
          "compensated"
        ]
      },
      "RunMode": {
        "type": "string",
        "description": "Absent for a run that counts. `rehearsal`: the revision was not in force; automation with effects is not carried out",
        "enum": [
          "rehearsal"
        ]
      },
      "StepStatus": {
        "type": "string",
        "enum": [
          "pending",
          "blocked",
          "ready",
          "reserved",
          "running",
          "in-doubt",
          "completed",
          "failed",
          "skipped",
          "cancelled"
        ]
      },
      "StepType": {
        "type": "string",
        "enum": [
          "manual",
          "approval",
          "handoff",
          "wait",
          "check",
          "action",
          "parallel",
          "switch",
          "listen",
          "forEach",
          "run",
          "tour"
        ]
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
            "description": "One sentence; says who could"
          }
        }
      },
      "RunSummary": {
        "type": "object",
        "required": [
          "runId",
          "sopRef",
          "sopTitle",
          "title",
          "status",
          "initiator",
          "startedAt",
          "updatedAt",
          "done",
          "total",
          "waiting",
          "headline"
        ],
        "properties": {
          "runId": {
            "type": "string"
          },
          "sopRef": {
            "type": "string"
          },
          "sopTitle": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "mode": {
            "$ref": "#/components/schemas/RunMode"
          },
          "status": {
            "$ref": "#/components/schemas/RunStatus"
          },
          "targetRef": {
            "type": "string"
          },
          "initiator": {
            "type": "string"
          },
          "startedAt": {
            "type": "string",
            "format": "date-time"
          },
          "updatedAt": {
            "type": "string",
            "format": "date-time"
          },
          "closedAt": {
            "type": "string",
            "format": "date-time"
          },
          "done": {
            "type": "integer",
            "description": "Steps that are over"
          },
          "total": {
            "type": "integer",
            "description": "Steps that will or may happen"
          },
          "waiting": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Waiting"
            }
          },
          "headline": {
            "type": "string",
            "description": "One sentence on where the run stands"
          },
          "glass": {
            "description": "Present when gates of the run were skipped in an emergency",
            "type": "object",
            "required": [
              "broken",
              "openReviews"
            ],
            "properties": {
              "broken": {
                "type": "integer"
              },
              "openReviews": {
                "type": "integer"
              }
            }
          }
        }
      },
      "RunPage": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/RunSummary"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "Waiting": {
        "description": "What the run waits for",
        "type": "object",
        "required": [
          "stepId",
          "stepName",
          "type",
          "since",
          "owners"
        ],
        "properties": {
          "stepId": {
            "type": "string"
          },
          "stepName": {
            "type": "string"
          },
          "type": {
            "$ref": "#/components/schemas/StepType"
          },
          "since": {
            "type": "string",
            "format": "date-time"
          },
          "dueAt": {
            "type": "string",
            "format": "date-time"
          },
          "claimedBy": {
            "type": "string"
          },
          "blocks": {
            "type": "array",
            "description": "What keeps the step from beginning or going on; dueAt is when to look again",
            "items": {
              "$ref": "#/components/schemas/StepBlock"
            }
          },
          "owners": {
            "type": "array",
            "items": {
              "type": "string"
            },
            "description": "Entity refs"
          },
          "role": {
            "type": "string"
          }
        }
      },
      "StepBlock": {
        "description": "What keeps a step from beginning or going on",
        "type": "object",
        "required": [
          "kind",
          "sentence"
        ],
        "properties": {
          "kind": {
            "type": "string",
            "enum": [
              "window",
              "lock",
              "policy"
            ]
          },
          "sentence": {
            "type": "string",
            "description": "Reads on from “Blocked because”; no instants, no full stop"
          },
          "until": {
            "type": "string",
            "format": "date-time",
            "description": "When it is worth to look again; for a window, when it opens"
          },
          "ref": {
            "type": "string",
            "description": "Name of the window, key of the lock"
          }
        }
      },
      "GoverningProcedure": {
        "type": "object",
        "required": [
          "sopRef",
          "title",
          "lifecycle",
          "canStart"
        ],
        "properties": {
          "sopRef": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "description": {
            "type": "string"
          },
          "type": {
            "type": "string"
          },
          "lifecycle": {
            "type": "string"
          },
          "number": {
            "type": "string"
          },
          "revision": {
            "type": "string"
          },
          "canStart": {
            "$ref": "#/components/schemas/Permit"
          },
          "latestRun": {
            "$ref": "#/components/schemas/RunSummary"
          },
          "openRuns": {
            "type": "integer"
          }
        }
      },
      "ScheduleView": {
        "type": "object",
        "required": [
          "sopRef",
          "upcoming"
        ],
        "properties": {
          "sopRef": {
            "type": "string"
          },
          "rrule": {
            "type": "string",
            "description": "Absent without a schedule"
          },
          "timezone": {
            "type": "string"
          },
          "dtstart": {
            "type": "string"
          },
          "overlap": {
            "type": "string",
            "enum": [
              "skip",
              "queue",
              "allow"
            ]
          },
          "catchUp": {
            "type": "string",
            "description": "ISO 8601 duration"
          },
          "note": {
            "type": "string",
            "description": "Why nothing is planned, in one sentence"
          },
          "upcoming": {
            "type": "array",
            "description": "The next occurrences, at most 10",
            "items": {
              "type": "string",
              "format": "date-time"
            }
          }
        }
      },
      "OccurrenceState": {
        "type": "string",
        "description": "`due`: a run is about to be started. `waiting`: the run before is open, and the schedule queues. `skipped`: it was open, and the schedule skips. `missed`: nothing was there to start it in time. `failed`: the start was refused.",
        "enum": [
          "due",
          "waiting",
          "started",
          "skipped",
          "missed",
          "failed"
        ]
      },
      "OccurrenceView": {
        "type": "object",
        "required": [
          "sopRef",
          "occursAt",
          "state",
          "late"
        ],
        "properties": {
          "sopRef": {
            "type": "string"
          },
          "occursAt": {
            "type": "string",
            "format": "date-time"
          },
          "targetRef": {
            "type": "string"
          },
          "state": {
            "$ref": "#/components/schemas/OccurrenceState"
          },
          "late": {
            "type": "boolean",
            "description": "Started, or not yet started, more than a minute after its time"
          },
          "lateBySeconds": {
            "type": "integer",
            "description": "From its time to the start of the run; while it is due or waiting, until now"
          },
          "startedAt": {
            "type": "string",
            "format": "date-time"
          },
          "reason": {
            "type": "string",
            "description": "Why no run was started, or not yet, as a sentence"
          },
          "runId": {
            "type": "string"
          },
          "runTitle": {
            "type": "string"
          },
          "runStatus": {
            "$ref": "#/components/schemas/RunStatus"
          },
          "runClosedAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "OccurrencePage": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/OccurrenceView"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "StepReason": {
        "type": "object",
        "required": [
          "kind",
          "sentence",
          "who"
        ],
        "properties": {
          "kind": {
            "type": "string",
            "enum": [
              "window",
              "lock",
              "policy",
              "people"
            ]
          },
          "sentence": {
            "type": "string",
            "description": "A whole sentence, without instants"
          },
          "until": {
            "type": "string",
            "format": "date-time",
            "description": "When it is possible next, if that is known"
          },
          "ref": {
            "type": "string"
          },
          "who": {
            "type": "array",
            "description": "Entity refs of who can change it",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "SimulationRequest": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "targetRef": {
            "type": "string"
          },
          "inputs": {
            "type": "object",
            "additionalProperties": true
          },
          "startAt": {
            "type": "string",
            "format": "date-time",
            "description": "When it would start; now when absent"
          },
          "assumptions": {
            "$ref": "#/components/schemas/SimulationAssumptions"
          }
        }
      },
      "SimulationAssumptions": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "person": {
            "type": "string",
            "description": "ISO 8601 duration of a task or a vote"
          },
          "automation": {
            "type": "string",
            "description": "ISO 8601 duration of a check or an action"
          },
          "steps": {
            "type": "object",
            "description": "By step id",
            "additionalProperties": {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "takes": {
                  "type": "string"
                },
                "outcome": {
                  "type": "string",
                  "enum": [
                    "succeed",
                    "fail"
                  ]
                },
                "output": {},
                "evidence": {
                  "type": "object",
                  "additionalProperties": true
                }
              }
            }
          }
        }
      },
      "Simulation": {
        "type": "object",
        "required": [
          "outcome",
          "startsAt",
          "steps",
          "assumed"
        ],
        "properties": {
          "outcome": {
            "type": "string",
            "description": "Status of the run at the end, or `stuck`"
          },
          "startsAt": {
            "type": "string",
            "format": "date-time"
          },
          "finishesAt": {
            "type": "string",
            "format": "date-time",
            "description": "At the earliest"
          },
          "reason": {
            "type": "string",
            "description": "Why it cannot go on or did not complete"
          },
          "steps": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/SimulatedStep"
            }
          },
          "assumed": {
            "type": "array",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "SimulatedStep": {
        "type": "object",
        "required": [
          "stepId",
          "name",
          "type",
          "number",
          "depth",
          "status",
          "blocks",
          "policies"
        ],
        "properties": {
          "stepId": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "type": {
            "$ref": "#/components/schemas/StepType"
          },
          "number": {
            "type": "integer"
          },
          "depth": {
            "type": "integer"
          },
          "status": {
            "$ref": "#/components/schemas/StepStatus"
          },
          "reachedAt": {
            "type": "string",
            "format": "date-time"
          },
          "beginsAt": {
            "type": "string",
            "format": "date-time"
          },
          "endsAt": {
            "type": "string",
            "format": "date-time"
          },
          "people": {
            "type": "object",
            "required": [
              "eligible",
              "excluded"
            ],
            "properties": {
              "eligible": {
                "type": "array",
                "items": {
                  "type": "string"
                }
              },
              "excluded": {
                "type": "array",
                "items": {
                  "type": "object",
                  "required": [
                    "ref",
                    "reason"
                  ],
                  "properties": {
                    "ref": {
                      "type": "string"
                    },
                    "reason": {
                      "type": "string"
                    }
                  }
                }
              },
              "required": {
                "type": "integer"
              }
            }
          },
          "blocks": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "sentence",
                "from"
              ],
              "properties": {
                "sentence": {
                  "type": "string"
                },
                "ref": {
                  "type": "string"
                },
                "from": {
                  "type": "string",
                  "format": "date-time"
                },
                "until": {
                  "type": "string",
                  "format": "date-time"
                }
              }
            }
          },
          "policies": {
            "type": "array",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "PolicyUse": {
        "type": "object",
        "required": [
          "ref",
          "hash",
          "title",
          "owner",
          "demands"
        ],
        "properties": {
          "ref": {
            "type": "string",
            "description": "Entity ref of the policy"
          },
          "hash": {
            "type": "string",
            "description": "SHA-256 of the wording"
          },
          "title": {
            "type": "string"
          },
          "owner": {
            "type": "string",
            "description": "Entity ref of who can change it"
          },
          "demands": {
            "type": "array",
            "description": "What it adds, a sentence each",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "EntityPolicy": {
        "type": "object",
        "required": [
          "entityRef",
          "policyRef",
          "title",
          "owner",
          "inForce",
          "demands",
          "steps"
        ],
        "properties": {
          "entityRef": {
            "type": "string"
          },
          "entityTitle": {
            "type": "string"
          },
          "policyRef": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "description": {
            "type": "string"
          },
          "owner": {
            "type": "string"
          },
          "inForce": {
            "type": "boolean"
          },
          "reason": {
            "type": "string",
            "description": "Why it is not in force"
          },
          "demands": {
            "type": "array",
            "description": "What it demands, a sentence each",
            "items": {
              "type": "string"
            }
          },
          "steps": {
            "type": "string",
            "description": "Of which steps, in words"
          }
        }
      },
      "GateReason": {
        "type": "object",
        "required": [
          "source",
          "code",
          "sentence",
          "blocking"
        ],
        "properties": {
          "source": {
            "type": "string",
            "description": "Who says so, as people call it"
          },
          "code": {
            "type": "string",
            "description": "For programs, such as budget-exhausted"
          },
          "sentence": {
            "type": "string",
            "description": "For people, a whole sentence"
          },
          "blocking": {
            "type": "boolean",
            "description": "A reason against; else it is only worth knowing"
          },
          "until": {
            "type": "string",
            "format": "date-time",
            "description": "When it ends by itself, as far as is known"
          },
          "unblockers": {
            "type": "array",
            "description": "Entity refs of who can end it",
            "items": {
              "type": "string"
            }
          },
          "href": {
            "type": "string",
            "description": "Path in the portal, or URL, where there is more"
          }
        }
      },
      "GateDecision": {
        "type": "object",
        "required": [
          "entityRef",
          "allowed",
          "at",
          "sentence",
          "reasons"
        ],
        "properties": {
          "entityRef": {
            "type": "string"
          },
          "allowed": {
            "type": "boolean"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "opensAt": {
            "type": "string",
            "format": "date-time",
            "description": "When the last reason against ends, if the end of every one is known"
          },
          "sentence": {
            "type": "string",
            "description": "The decision with every reason against"
          },
          "reasons": {
            "type": "array",
            "description": "Those that block first",
            "items": {
              "$ref": "#/components/schemas/GateReason"
            }
          }
        }
      },
      "SignatureMeaning": {
        "type": "string",
        "description": "`approval`: may come into force. `review`: was looked at and is right",
        "enum": [
          "approval",
          "review"
        ]
      },
      "SignatureRequest": {
        "type": "object",
        "required": [
          "commandId",
          "meaning",
          "reason"
        ],
        "additionalProperties": false,
        "properties": {
          "commandId": {
            "type": "string",
            "minLength": 8,
            "maxLength": 64
          },
          "meaning": {
            "$ref": "#/components/schemas/SignatureMeaning"
          },
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 4000
          },
          "approver": {
            "type": "string",
            "description": "For which approver of the document; the first that this person can sign for when absent"
          }
        }
      },
      "ReasonRequest": {
        "type": "object",
        "required": [
          "commandId",
          "reason"
        ],
        "additionalProperties": false,
        "properties": {
          "commandId": {
            "type": "string",
            "minLength": 8,
            "maxLength": 64
          },
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 4000
          }
        }
      },
      "AcknowledgeRequest": {
        "type": "object",
        "required": [
          "commandId"
        ],
        "additionalProperties": false,
        "properties": {
          "commandId": {
            "type": "string",
            "minLength": 8,
            "maxLength": 64
          }
        }
      },
      "SignatureView": {
        "type": "object",
        "required": [
          "meaning",
          "by",
          "name",
          "at",
          "reason"
        ],
        "properties": {
          "meaning": {
            "$ref": "#/components/schemas/SignatureMeaning"
          },
          "by": {
            "type": "string",
            "description": "Entity ref of the person"
          },
          "name": {
            "type": "string",
            "description": "Printed name when it was signed"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "reason": {
            "type": "string"
          },
          "approver": {
            "type": "string",
            "description": "The approver it was given for"
          },
          "withdrawn": {
            "type": "object",
            "required": [
              "at",
              "reason"
            ],
            "properties": {
              "at": {
                "type": "string",
                "format": "date-time"
              },
              "reason": {
                "type": "string"
              }
            }
          }
        }
      },
      "RevisionStatus": {
        "type": "string",
        "enum": [
          "draft",
          "in-review",
          "approved",
          "effective",
          "superseded",
          "retired"
        ]
      },
      "RevisionView": {
        "type": "object",
        "required": [
          "hash",
          "title",
          "intention",
          "owner",
          "status",
          "sentence",
          "isCurrent",
          "recordedAt",
          "approvers",
          "signatures",
          "signFor",
          "sign",
          "review",
          "reject",
          "withdraw"
        ],
        "properties": {
          "hash": {
            "type": "string",
            "description": "SHA-256 of the canonical content"
          },
          "title": {
            "type": "string"
          },
          "number": {
            "type": "string"
          },
          "label": {
            "type": "string",
            "description": "Label of the revision"
          },
          "intention": {
            "type": "string",
            "description": "What the author wrote as lifecycle"
          },
          "owner": {
            "type": "string"
          },
          "status": {
            "$ref": "#/components/schemas/RevisionStatus"
          },
          "sentence": {
            "type": "string",
            "description": "How it stands"
          },
          "isCurrent": {
            "type": "boolean",
            "description": "The file has this content"
          },
          "effectiveFrom": {
            "type": "string",
            "description": "Date of the document"
          },
          "recordedAt": {
            "type": "string",
            "format": "date-time"
          },
          "inForceFrom": {
            "type": "string",
            "format": "date-time"
          },
          "retiredAt": {
            "type": "string",
            "format": "date-time"
          },
          "labelTakenBy": {
            "type": "string",
            "description": "Hash of what owns the same label"
          },
          "approvers": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "entityRef",
                "kept"
              ],
              "properties": {
                "entityRef": {
                  "type": "string"
                },
                "kept": {
                  "type": "boolean",
                  "description": "The document no longer names it; it signed what was in force before"
                },
                "signature": {
                  "$ref": "#/components/schemas/SignatureView"
                }
              }
            }
          },
          "signatures": {
            "type": "array",
            "description": "In the order they were given",
            "items": {
              "$ref": "#/components/schemas/SignatureView"
            }
          },
          "rejection": {
            "type": "object",
            "required": [
              "by",
              "name",
              "at",
              "reason",
              "approver"
            ],
            "properties": {
              "by": {
                "type": "string"
              },
              "name": {
                "type": "string"
              },
              "at": {
                "type": "string",
                "format": "date-time"
              },
              "reason": {
                "type": "string"
              },
              "approver": {
                "type": "string"
              }
            }
          },
          "signFor": {
            "type": "array",
            "description": "Approvers that the person who asks can still sign for",
            "items": {
              "type": "string"
            }
          },
          "sign": {
            "$ref": "#/components/schemas/Permit"
          },
          "review": {
            "$ref": "#/components/schemas/Permit"
          },
          "reject": {
            "$ref": "#/components/schemas/Permit"
          },
          "withdraw": {
            "$ref": "#/components/schemas/Permit"
          }
        }
      },
      "ProcedureStanding": {
        "type": "object",
        "required": [
          "sopRef",
          "title",
          "status",
          "sentence",
          "currentHash",
          "canStart"
        ],
        "properties": {
          "sopRef": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "status": {
            "$ref": "#/components/schemas/RevisionStatus"
          },
          "label": {
            "type": "string",
            "description": "Of the revision in force"
          },
          "sentence": {
            "type": "string"
          },
          "currentHash": {
            "type": "string",
            "description": "What the file has now"
          },
          "currentStatus": {
            "$ref": "#/components/schemas/RevisionStatus"
          },
          "effectiveHash": {
            "type": "string",
            "description": "The revision in force"
          },
          "canStart": {
            "$ref": "#/components/schemas/Permit"
          }
        }
      },
      "RevisionDetail": {
        "allOf": [
          {
            "$ref": "#/components/schemas/RevisionView"
          },
          {
            "type": "object",
            "required": [
              "spec"
            ],
            "properties": {
              "spec": {
                "type": "object",
                "additionalProperties": true
              }
            }
          }
        ]
      },
      "Review": {
        "type": "object",
        "required": [
          "dueAt",
          "state"
        ],
        "properties": {
          "dueAt": {
            "type": "string",
            "format": "date-time"
          },
          "state": {
            "type": "string",
            "description": "`due`: within the next fourteen days",
            "enum": [
              "planned",
              "due",
              "overdue"
            ]
          },
          "reviewedAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "ReviewItem": {
        "allOf": [
          {
            "$ref": "#/components/schemas/Review"
          },
          {
            "type": "object",
            "required": [
              "sopRef",
              "title",
              "hash",
              "owner"
            ],
            "properties": {
              "sopRef": {
                "type": "string"
              },
              "title": {
                "type": "string"
              },
              "hash": {
                "type": "string"
              },
              "label": {
                "type": "string"
              },
              "number": {
                "type": "string"
              },
              "owner": {
                "type": "string"
              }
            }
          }
        ]
      },
      "ControlView": {
        "type": "object",
        "required": [
          "sopRef",
          "title",
          "version",
          "sentence",
          "currentHash",
          "revisions",
          "canStart",
          "canRehearse"
        ],
        "properties": {
          "sopRef": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "version": {
            "type": "integer",
            "description": "Number of the last event"
          },
          "sentence": {
            "type": "string",
            "description": "What is in force, what is in review, who must still sign"
          },
          "currentHash": {
            "type": "string",
            "description": "What the file has now"
          },
          "effectiveHash": {
            "type": "string",
            "description": "The revision in force"
          },
          "revisions": {
            "type": "array",
            "description": "The newest first",
            "items": {
              "$ref": "#/components/schemas/RevisionView"
            }
          },
          "canStart": {
            "$ref": "#/components/schemas/Permit"
          },
          "canRehearse": {
            "$ref": "#/components/schemas/Permit"
          },
          "review": {
            "$ref": "#/components/schemas/Review"
          },
          "acknowledgement": {
            "type": "object",
            "description": "Of the revision in force",
            "required": [
              "required",
              "count",
              "permit"
            ],
            "properties": {
              "required": {
                "type": "boolean"
              },
              "count": {
                "type": "integer",
                "description": "People who acknowledged it"
              },
              "acknowledgedAt": {
                "type": "string",
                "format": "date-time",
                "description": "When the person who asks did"
              },
              "permit": {
                "$ref": "#/components/schemas/Permit"
              }
            }
          }
        }
      },
      "FieldChange": {
        "type": "object",
        "required": [
          "path"
        ],
        "properties": {
          "path": {
            "type": "string"
          },
          "before": {},
          "after": {}
        }
      },
      "RevisionDiff": {
        "type": "object",
        "required": [
          "from",
          "to",
          "fields",
          "steps",
          "text"
        ],
        "properties": {
          "from": {
            "type": "string"
          },
          "to": {
            "type": "string"
          },
          "fields": {
            "type": "array",
            "description": "What differs outside of the steps",
            "items": {
              "$ref": "#/components/schemas/FieldChange"
            }
          },
          "steps": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "id",
                "name",
                "change",
                "fields"
              ],
              "properties": {
                "id": {
                  "type": "string"
                },
                "name": {
                  "type": "string"
                },
                "change": {
                  "type": "string",
                  "enum": [
                    "added",
                    "removed",
                    "changed",
                    "moved"
                  ]
                },
                "within": {
                  "type": "string"
                },
                "fields": {
                  "type": "array",
                  "items": {
                    "$ref": "#/components/schemas/FieldChange"
                  }
                }
              }
            }
          },
          "text": {
            "type": "string",
            "description": "Unified diff of both as YAML"
          }
        }
      },
      "StartRunRequest": {
        "type": "object",
        "required": [
          "sopRef",
          "commandId"
        ],
        "additionalProperties": false,
        "properties": {
          "commandId": {
            "type": "string",
            "minLength": 8,
            "maxLength": 64
          },
          "sopRef": {
            "type": "string"
          },
          "targetRef": {
            "type": "string"
          },
          "mode": {
            "$ref": "#/components/schemas/RunMode"
          },
          "inputs": {
            "type": "object",
            "additionalProperties": true
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
        "properties": {
          "type": {
            "type": "string",
            "enum": [
              "claim",
              "release",
              "complete",
              "vote",
              "accept",
              "return",
              "report-failure",
              "retry",
              "compensate",
              "fail",
              "cancel",
              "resolve-doubt",
              "break-glass",
              "tour-finished"
            ]
          },
          "stepId": {
            "type": "string"
          },
          "taskVersion": {
            "type": "integer"
          },
          "evidence": {
            "type": "object",
            "additionalProperties": true
          },
          "comment": {
            "type": "string",
            "maxLength": 4000
          },
          "decision": {
            "type": "string",
            "enum": [
              "approve",
              "reject"
            ]
          },
          "reason": {
            "type": "string",
            "maxLength": 4000
          },
          "compensate": {
            "type": "boolean"
          },
          "skips": {
            "type": "array",
            "description": "Gates to skip in an emergency",
            "items": {
              "$ref": "#/components/schemas/GateKind"
            }
          },
          "outcome": {
            "type": "string",
            "enum": [
              "done",
              "not-done",
              "compensate"
            ],
            "description": "What became of an action in doubt"
          },
          "userRef": {
            "type": "string",
            "description": "Who took the tour"
          },
          "tour": {
            "type": "string",
            "description": "Entity ref of the tour"
          },
          "tourVersion": {
            "type": "integer",
            "minimum": 1
          },
          "finishedAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "Vote": {
        "type": "object",
        "required": [
          "by",
          "decision",
          "at"
        ],
        "properties": {
          "by": {
            "type": "string"
          },
          "decision": {
            "type": "string",
            "enum": [
              "approve",
              "reject"
            ]
          },
          "reason": {
            "type": "string"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "StepView": {
        "type": "object",
        "required": [
          "id",
          "type",
          "name",
          "status",
          "version",
          "attempt",
          "depth"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "type": {
            "$ref": "#/components/schemas/StepType"
          },
          "name": {
            "type": "string"
          },
          "status": {
            "$ref": "#/components/schemas/StepStatus"
          },
          "version": {
            "type": "integer"
          },
          "attempt": {
            "type": "integer"
          },
          "depth": {
            "type": "integer",
            "description": "Nesting, 0 for the main sequence"
          },
          "parentId": {
            "type": "string"
          },
          "branch": {
            "type": "string",
            "description": "Name of the branch or case it belongs to"
          },
          "compensates": {
            "type": "string",
            "description": "Id of the step this one undoes"
          },
          "instructions": {
            "type": "string",
            "description": "Markdown with values filled in"
          },
          "question": {
            "type": "string"
          },
          "role": {
            "type": "string"
          },
          "roleTitle": {
            "type": "string"
          },
          "potentialOwners": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "excludedOwners": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "claimedBy": {
            "type": "string"
          },
          "startedAt": {
            "type": "string",
            "format": "date-time"
          },
          "endedAt": {
            "type": "string",
            "format": "date-time"
          },
          "dueAt": {
            "type": "string",
            "format": "date-time"
          },
          "actors": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "evidenceFields": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/EvidenceField"
            }
          },
          "evidence": {
            "type": "object",
            "additionalProperties": true
          },
          "comment": {
            "type": "string"
          },
          "votes": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Vote"
            }
          },
          "quorum": {
            "type": "string",
            "description": "For people, for example \"2 of 3 must approve\""
          },
          "required": {
            "type": "integer"
          },
          "policies": {
            "type": "array",
            "description": "What policies of resource owners add to this step",
            "items": {
              "$ref": "#/components/schemas/PolicyUse"
            }
          },
          "reasonRule": {
            "type": "string",
            "enum": [
              "always",
              "on-reject",
              "optional"
            ]
          },
          "action": {
            "type": "string"
          },
          "tour": {
            "type": "string",
            "description": "Entity ref of the tour to take"
          },
          "output": {},
          "error": {
            "type": "object",
            "required": [
              "name",
              "message"
            ],
            "properties": {
              "name": {
                "type": "string"
              },
              "message": {
                "type": "string"
              }
            }
          },
          "blocks": {
            "type": "array",
            "description": "While the step is blocked, what keeps it",
            "items": {
              "$ref": "#/components/schemas/StepBlock"
            }
          },
          "windows": {
            "type": "array",
            "description": "Names of the windows in which alone it may happen",
            "items": {
              "type": "string"
            }
          },
          "deadline": {
            "$ref": "#/components/schemas/StepDeadline"
          },
          "reminders": {
            "type": "array",
            "description": "Reminders still to come",
            "items": {
              "type": "object",
              "required": [
                "nextAt",
                "count"
              ],
              "properties": {
                "branch": {
                  "type": "string",
                  "description": "Name of the branch"
                },
                "nextAt": {
                  "type": "string",
                  "format": "date-time"
                },
                "count": {
                  "type": "integer",
                  "description": "Reminders so far"
                }
              }
            }
          },
          "guard": {
            "$ref": "#/components/schemas/StepGuard"
          },
          "maxAge": {
            "type": "string",
            "description": "ISO 8601 duration; an older result of the check is measured again"
          },
          "explanation": {
            "type": "array",
            "description": "Why the step cannot go on now; absent when it can",
            "items": {
              "$ref": "#/components/schemas/StepReason"
            }
          },
          "breakGlass": {
            "description": "Whether the person who asks may skip gates of the step",
            "type": "object",
            "required": [
              "allowed",
              "gates"
            ],
            "properties": {
              "allowed": {
                "type": "boolean"
              },
              "reason": {
                "type": "string"
              },
              "gates": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/GateKind"
                }
              }
            }
          },
          "lock": {
            "$ref": "#/components/schemas/StepLock"
          },
          "topic": {
            "type": "string",
            "description": "Topic of the event it waits for"
          },
          "childRun": {
            "$ref": "#/components/schemas/RunRef"
          },
          "calls": {
            "type": "string",
            "description": "Entity ref of the procedure it runs"
          },
          "act": {
            "$ref": "#/components/schemas/Permit"
          },
          "retry": {
            "$ref": "#/components/schemas/Permit"
          }
        }
      },
      "StepDeadline": {
        "description": "By when a task must have begun and ended, and what comes of it",
        "type": "object",
        "properties": {
          "startWithin": {
            "type": "string",
            "description": "ISO 8601 duration"
          },
          "completeWithin": {
            "type": "string",
            "description": "ISO 8601 duration"
          },
          "calendar": {
            "type": "string",
            "description": "Whose working time counts"
          },
          "onTimeout": {
            "type": "string",
            "enum": [
              "fail",
              "reject",
              "return",
              "none"
            ]
          },
          "startBy": {
            "type": "string",
            "format": "date-time"
          },
          "completeBy": {
            "type": "string",
            "format": "date-time"
          },
          "startPassed": {
            "type": "boolean"
          },
          "completePassed": {
            "type": "boolean"
          },
          "escalations": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "to",
                "action",
                "after"
              ],
              "properties": {
                "to": {
                  "type": "array",
                  "description": "Entity refs",
                  "items": {
                    "type": "string"
                  }
                },
                "action": {
                  "type": "string",
                  "enum": [
                    "notify",
                    "widen"
                  ]
                },
                "after": {
                  "type": "string",
                  "description": "ISO 8601 duration"
                },
                "at": {
                  "type": "string",
                  "format": "date-time"
                },
                "done": {
                  "type": "boolean"
                }
              }
            }
          }
        }
      },
      "StepGuard": {
        "description": "What is measured while the step waits",
        "type": "object",
        "required": [
          "action",
          "expect",
          "every"
        ],
        "properties": {
          "action": {
            "type": "string"
          },
          "expect": {
            "type": "string",
            "description": "CEL"
          },
          "every": {
            "type": "string",
            "description": "ISO 8601 duration"
          },
          "nextAt": {
            "type": "string",
            "format": "date-time"
          },
          "failures": {
            "type": "integer",
            "description": "Measurements in a row that could not be made"
          },
          "last": {
            "type": "object",
            "description": "The last measurement",
            "required": [
              "at",
              "ok"
            ],
            "properties": {
              "at": {
                "type": "string",
                "format": "date-time"
              },
              "ok": {
                "type": "boolean"
              },
              "output": {},
              "error": {
                "type": "object",
                "required": [
                  "name",
                  "message"
                ],
                "properties": {
                  "name": {
                    "type": "string"
                  },
                  "message": {
                    "type": "string"
                  }
                }
              }
            }
          }
        }
      },
      "RunRole": {
        "description": "Who has a role that rotates, from the start of the run to its end",
        "type": "object",
        "required": [
          "role",
          "title",
          "member",
          "startsAt",
          "endsAt",
          "members"
        ],
        "properties": {
          "role": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "member": {
            "type": "string",
            "description": "Entity ref"
          },
          "startsAt": {
            "type": "string",
            "format": "date-time"
          },
          "endsAt": {
            "type": "string",
            "format": "date-time"
          },
          "members": {
            "type": "array",
            "description": "Who takes turns, in order",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "GateKind": {
        "type": "string",
        "enum": [
          "approval",
          "window",
          "lock",
          "policy"
        ]
      },
      "BrokenGlass": {
        "description": "A gate that was skipped in an emergency",
        "type": "object",
        "required": [
          "stepId",
          "stepName",
          "skips",
          "by",
          "at",
          "reason",
          "reviewId",
          "reviewDueAt"
        ],
        "properties": {
          "stepId": {
            "type": "string"
          },
          "stepName": {
            "type": "string"
          },
          "skips": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/GateKind"
            }
          },
          "by": {
            "type": "string"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "reason": {
            "type": "string"
          },
          "reviewId": {
            "type": "string",
            "description": "The task of the review"
          },
          "reviewDueAt": {
            "type": "string",
            "format": "date-time"
          },
          "reviewedAt": {
            "type": "string",
            "format": "date-time"
          },
          "reviewedBy": {
            "type": "string"
          }
        }
      },
      "LockPlace": {
        "description": "A step that holds a lock or waits for it",
        "type": "object",
        "required": [
          "runId",
          "runTitle",
          "sopRef",
          "stepId",
          "stepName",
          "requestedAt"
        ],
        "properties": {
          "runId": {
            "type": "string"
          },
          "runTitle": {
            "type": "string"
          },
          "sopRef": {
            "type": "string"
          },
          "stepId": {
            "type": "string"
          },
          "stepName": {
            "type": "string"
          },
          "requestedAt": {
            "type": "string",
            "format": "date-time"
          },
          "acquiredAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "Lock": {
        "type": "object",
        "required": [
          "key",
          "waiting"
        ],
        "properties": {
          "key": {
            "type": "string"
          },
          "holder": {
            "$ref": "#/components/schemas/LockPlace"
          },
          "waiting": {
            "type": "array",
            "description": "In the order in which they get it",
            "items": {
              "$ref": "#/components/schemas/LockPlace"
            }
          }
        }
      },
      "StepLock": {
        "description": "The lock that the step waits for, or has",
        "type": "object",
        "required": [
          "key",
          "requestedAt"
        ],
        "properties": {
          "key": {
            "type": "string"
          },
          "requestedAt": {
            "type": "string",
            "format": "date-time"
          },
          "acquiredAt": {
            "type": "string",
            "format": "date-time"
          },
          "holder": {
            "$ref": "#/components/schemas/LockPlace"
          },
          "ahead": {
            "type": "integer",
            "description": "Steps that get it before this one, the holder included"
          }
        }
      },
      "RunRef": {
        "description": "Another run that belongs to this one",
        "type": "object",
        "required": [
          "runId",
          "sopRef",
          "title",
          "status",
          "headline"
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
          "status": {
            "$ref": "#/components/schemas/RunStatus"
          },
          "headline": {
            "type": "string"
          },
          "stepId": {
            "type": "string",
            "description": "Of a parent, its step that runs this"
          }
        }
      },
      "EvidenceField": {
        "type": "object",
        "required": [
          "id",
          "kind"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "description": {
            "type": "string"
          },
          "kind": {
            "type": "string",
            "enum": [
              "text",
              "number",
              "boolean",
              "url",
              "choice",
              "entity"
            ]
          },
          "required": {
            "type": "boolean"
          },
          "pattern": {
            "type": "string"
          },
          "multiline": {
            "type": "boolean"
          },
          "maxLength": {
            "type": "integer"
          },
          "integer": {
            "type": "boolean"
          },
          "minimum": {
            "type": "number"
          },
          "maximum": {
            "type": "number"
          },
          "unit": {
            "type": "string"
          },
          "mustBeTrue": {
            "type": "boolean"
          },
          "options": {
            "type": "array",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "RunView": {
        "allOf": [
          {
            "$ref": "#/components/schemas/RunSummary"
          },
          {
            "type": "object",
            "required": [
              "revisionHash",
              "inputs",
              "version",
              "steps",
              "timeline",
              "permits"
            ],
            "properties": {
              "revisionHash": {
                "type": "string"
              },
              "revision": {
                "type": "string",
                "description": "The document's revision label"
              },
              "number": {
                "type": "string"
              },
              "sopType": {
                "type": "string"
              },
              "targetTitle": {
                "type": "string"
              },
              "inputs": {
                "type": "object",
                "additionalProperties": true
              },
              "inputsSchema": {
                "type": "object",
                "additionalProperties": true
              },
              "version": {
                "type": "integer",
                "description": "Sequence number of the last event"
              },
              "closeReason": {
                "type": "string"
              },
              "acknowledgement": {
                "type": "object",
                "description": "Present where people must acknowledge the revision before they work on tasks",
                "properties": {
                  "acknowledgedAt": {
                    "type": "string",
                    "format": "date-time",
                    "description": "When the person who asks did"
                  }
                }
              },
              "roles": {
                "type": "array",
                "description": "Roles that rotate",
                "items": {
                  "$ref": "#/components/schemas/RunRole"
                }
              },
              "parent": {
                "$ref": "#/components/schemas/RunRef"
              },
              "brokenGlass": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/BrokenGlass"
                }
              },
              "steps": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/StepView"
                }
              },
              "timeline": {
                "type": "array",
                "description": "The latest events as sentences, newest first",
                "items": {
                  "$ref": "#/components/schemas/TimelineEntry"
                }
              },
              "permits": {
                "type": "object",
                "required": [
                  "cancel",
                  "compensate",
                  "fail"
                ],
                "properties": {
                  "cancel": {
                    "$ref": "#/components/schemas/Permit"
                  },
                  "compensate": {
                    "$ref": "#/components/schemas/Permit"
                  },
                  "fail": {
                    "$ref": "#/components/schemas/Permit"
                  }
                }
              }
            }
          }
        ]
      },
      "TimelineEntry": {
        "type": "object",
        "required": [
          "seq",
          "at",
          "type",
          "text"
        ],
        "properties": {
          "seq": {
            "type": "integer"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "type": {
            "type": "string"
          },
          "stepId": {
            "type": "string"
          },
          "actor": {
            "type": "string"
          },
          "via": {
            "type": "string",
            "description": "Who acted for the actor, such as an agent"
          },
          "text": {
            "type": "string",
            "description": "A sentence without its subject, such as \"approved Peer review\""
          },
          "detail": {
            "type": "string"
          }
        }
      },
      "JournalEntry": {
        "type": "object",
        "required": [
          "seq",
          "type",
          "at",
          "data",
          "prevHash",
          "hash"
        ],
        "properties": {
          "seq": {
            "type": "integer"
          },
          "type": {
            "type": "string"
          },
          "at": {
            "type": "string"
          },
          "actor": {
            "type": "string"
          },
          "data": {
            "type": "object",
            "additionalProperties": true
          },
          "prevHash": {
            "type": "string"
          },
          "hash": {
            "type": "string"
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
      "LogStatus": {
        "type": "object",
        "required": [
          "origin",
          "size",
          "keys",
          "witnesses"
        ],
        "properties": {
          "origin": {
            "type": "string",
            "description": "Name of the log"
          },
          "size": {
            "type": "integer",
            "description": "Number of entries"
          },
          "checkpoint": {
            "type": "object",
            "required": [
              "size",
              "at",
              "note"
            ],
            "properties": {
              "size": {
                "type": "integer"
              },
              "at": {
                "type": "string",
                "format": "date-time"
              },
              "note": {
                "type": "string",
                "description": "Signed note (C2SP)"
              }
            }
          },
          "keys": {
            "type": "array",
            "description": "Public keys that ever signed, the oldest first",
            "items": {
              "type": "object",
              "required": [
                "vkey",
                "at"
              ],
              "properties": {
                "vkey": {
                  "type": "string"
                },
                "at": {
                  "type": "string",
                  "format": "date-time"
                }
              }
            }
          },
          "witnesses": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "name",
                "contradicts"
              ],
              "properties": {
                "name": {
                  "type": "string"
                },
                "size": {
                  "type": "integer",
                  "description": "What it has seen last"
                },
                "error": {
                  "type": "string"
                },
                "contradicts": {
                  "type": "boolean",
                  "description": "It says that the log went back or was rewritten"
                }
              }
            }
          }
        }
      },
      "LogVerification": {
        "type": "object",
        "required": [
          "ok",
          "size",
          "findings",
          "checkedAt"
        ],
        "properties": {
          "ok": {
            "type": "boolean"
          },
          "size": {
            "type": "integer",
            "description": "Entries checked"
          },
          "checkedAt": {
            "type": "string",
            "format": "date-time"
          },
          "findings": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/LogFinding"
            }
          }
        }
      },
      "LogFinding": {
        "type": "object",
        "required": [
          "reason",
          "message"
        ],
        "properties": {
          "reason": {
            "type": "string"
          },
          "message": {
            "type": "string",
            "description": "One sentence"
          },
          "runId": {
            "type": "string"
          },
          "seq": {
            "type": "integer",
            "description": "The first bad event of the run"
          },
          "index": {
            "type": "integer",
            "description": "Entry of the log, from 0"
          }
        }
      },
      "TaskItem": {
        "type": "object",
        "required": [
          "runId",
          "stepId",
          "stepType",
          "stepName",
          "asked",
          "sopRef",
          "sopTitle",
          "runTitle",
          "initiator",
          "status",
          "version",
          "since"
        ],
        "properties": {
          "runId": {
            "type": "string"
          },
          "stepId": {
            "type": "string"
          },
          "stepType": {
            "$ref": "#/components/schemas/StepType"
          },
          "stepName": {
            "type": "string"
          },
          "asked": {
            "type": "string",
            "description": "What is asked, in one sentence"
          },
          "sopRef": {
            "type": "string"
          },
          "sopTitle": {
            "type": "string"
          },
          "runTitle": {
            "type": "string"
          },
          "mode": {
            "$ref": "#/components/schemas/RunMode"
          },
          "targetRef": {
            "type": "string"
          },
          "initiator": {
            "type": "string"
          },
          "status": {
            "$ref": "#/components/schemas/StepStatus"
          },
          "version": {
            "type": "integer"
          },
          "since": {
            "type": "string",
            "format": "date-time"
          },
          "dueAt": {
            "type": "string",
            "format": "date-time"
          },
          "claimedBy": {
            "type": "string"
          },
          "through": {
            "type": "string",
            "description": "The user or group ref that makes it mine"
          },
          "role": {
            "type": "string"
          },
          "act": {
            "$ref": "#/components/schemas/Permit"
          },
          "reasonRule": {
            "type": "string",
            "enum": [
              "always",
              "on-reject",
              "optional"
            ]
          },
          "hasEvidence": {
            "type": "boolean",
            "description": "Needs more than a click"
          },
          "tour": {
            "type": "string",
            "description": "Entity ref of the tour to take"
          },
          "doneAt": {
            "type": "string",
            "format": "date-time"
          },
          "outcome": {
            "type": "string"
          }
        }
      },
      "TaskPage": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/TaskItem"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      }
    }
  }
} as const;
