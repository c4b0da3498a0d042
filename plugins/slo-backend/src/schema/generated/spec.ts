// Generated from openapi.yaml by "yarn generate". Do not edit.
export const spec = {
  "openapi": "3.0.3",
  "info": {
    "title": "slo",
    "version": "1",
    "description": "Service level objectives: their budgets, burn-down and burn rates, the counters they are computed from, and the Prometheus rules they stand for. Ratios are fractions (0.999), not percent. A number that is not known is null; it is never zero instead.",
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
    "/slos": {
      "get": {
        "operationId": "ListSlos",
        "summary": "Objectives, those in the worst state first, then by title",
        "description": "Cheap enough to ask again every 30 seconds. `totals` count what the other filters match, whatever `status` asks for.",
        "parameters": [
          {
            "name": "entityRef",
            "in": "query",
            "description": "The entity that is measured, such as a component",
            "schema": {
              "type": "string",
              "maxLength": 500
            }
          },
          {
            "name": "owner",
            "in": "query",
            "description": "Any of these owners",
            "schema": {
              "type": "array",
              "items": {
                "type": "string",
                "maxLength": 500
              }
            }
          },
          {
            "name": "status",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "$ref": "#/components/schemas/SloStatus"
              }
            }
          },
          {
            "name": "q",
            "in": "query",
            "description": "Words in title, name, service or measured entity",
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
                  "$ref": "#/components/schemas/SloPage"
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
    "/slos/{namespace}/{name}": {
      "get": {
        "operationId": "GetSlo",
        "summary": "All the page of one objective needs, but the burn-down",
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
            "description": "The objective",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/SloView"
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
    "/slos/{namespace}/{name}/burn-down": {
      "get": {
        "operationId": "GetBurnDown",
        "summary": "How the budget of the window was spent",
        "description": "Starts with the whole budget of the window and ends with what is left now: remaining(t) = 1 - bad(start..t) / ((1 - target) * total(window)).",
        "parameters": [
          {
            "$ref": "#/components/parameters/namespace"
          },
          {
            "$ref": "#/components/parameters/name"
          },
          {
            "name": "objective",
            "in": "query",
            "description": "Name of the objective; the one in the worst state without it",
            "schema": {
              "type": "string",
              "maxLength": 253
            }
          },
          {
            "name": "points",
            "in": "query",
            "description": "Greatest number of points; 300 without it",
            "schema": {
              "type": "integer",
              "minimum": 2,
              "maximum": 1000
            }
          }
        ],
        "responses": {
          "200": {
            "description": "Points in order of time",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/BurnDown"
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
    "/slos/{namespace}/{name}/rules": {
      "get": {
        "operationId": "GetRules",
        "summary": "Recording and alerting rules for Prometheus",
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
            "description": "A rule file, or the reason why there is none (the objective is not fed by Prometheus, or its policy cannot work)",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/SloRules"
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
    "/slos/{namespace}/{name}/evaluate": {
      "post": {
        "operationId": "EvaluateSlo",
        "summary": "Fetches new counters and evaluates now",
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
            "description": "The objective afterwards; `data.error` is set when the source did not answer",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/SloView"
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
    "/validate": {
      "post": {
        "operationId": "ValidateDocument",
        "summary": "Checks OpenSLO documents without registering them",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "additionalProperties": false,
                "required": [
                  "content"
                ],
                "properties": {
                  "content": {
                    "type": "string",
                    "maxLength": 262144,
                    "description": "YAML, one or more documents"
                  }
                }
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The problems found; no errors when all can be registered",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "documents",
                    "problems"
                  ],
                  "properties": {
                    "documents": {
                      "type": "integer",
                      "description": "How many documents were read"
                    },
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
    "/counters": {
      "post": {
        "operationId": "AddCounters",
        "summary": "Adds events to the embedded source",
        "description": "All counts are stored or none. A repeat of an id with the same counts changes nothing; with other counts it is refused (409).",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/AddCountersRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "Stored, now or before",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "accepted",
                    "repeated"
                  ],
                  "properties": {
                    "accepted": {
                      "type": "integer",
                      "description": "How many counts the id stands for"
                    },
                    "repeated": {
                      "type": "boolean",
                      "description": "Whether the id was stored before"
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
      "limit": {
        "name": "limit",
        "in": "query",
        "description": "Length of a page; 50 without it",
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
              "problems": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/Problem"
                }
              }
            }
          }
        }
      },
      "Problem": {
        "type": "object",
        "required": [
          "path",
          "message",
          "severity"
        ],
        "properties": {
          "path": {
            "type": "string",
            "description": "JSON pointer; the document's number first in a file of several"
          },
          "message": {
            "type": "string"
          },
          "severity": {
            "type": "string",
            "enum": [
              "error",
              "warning"
            ]
          },
          "found": {
            "type": "string"
          },
          "allowed": {
            "type": "string"
          }
        }
      },
      "SloStatus": {
        "type": "string",
        "description": "healthy: budget is left and burns slowly. caution: little is left, or an alert condition holds. exhausted: none is left. no-data: the source answered and there were no events in the window. unknown: not evaluated yet, or the last value is too old.",
        "enum": [
          "healthy",
          "caution",
          "exhausted",
          "no-data",
          "unknown"
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
            "description": "One sentence"
          }
        }
      },
      "SloData": {
        "description": "What the figures rest on",
        "type": "object",
        "required": [
          "source",
          "evaluatedAt",
          "dataUntil",
          "stale"
        ],
        "properties": {
          "source": {
            "type": "string",
            "description": "Type of the source, such as embedded or prometheus"
          },
          "evaluatedAt": {
            "type": "string",
            "format": "date-time",
            "nullable": true,
            "description": "Last evaluation that worked"
          },
          "dataUntil": {
            "type": "string",
            "format": "date-time",
            "nullable": true,
            "description": "End of the newest five minutes that have been counted"
          },
          "stale": {
            "type": "boolean",
            "description": "Whether the last evaluation is older than it should be"
          },
          "error": {
            "type": "string",
            "description": "Why the latest evaluation failed; the figures are those before"
          },
          "errorAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "SloFigures": {
        "description": "One objective over its window",
        "type": "object",
        "required": [
          "target",
          "sli",
          "errorRatio",
          "bad",
          "total",
          "budgetRemaining",
          "budgetMinutes",
          "budgetMinutesRemaining",
          "burnRate",
          "exhaustsAt",
          "secondsToExhaustion"
        ],
        "properties": {
          "target": {
            "type": "number",
            "description": "Fraction, such as 0.999"
          },
          "sli": {
            "type": "number",
            "nullable": true,
            "description": "Good of all events"
          },
          "errorRatio": {
            "type": "number",
            "nullable": true
          },
          "bad": {
            "type": "number",
            "nullable": true
          },
          "total": {
            "type": "number",
            "nullable": true
          },
          "budgetRemaining": {
            "type": "number",
            "nullable": true,
            "description": "1 is untouched, 0 is spent, below 0 is overspent; not clamped"
          },
          "budgetMinutes": {
            "type": "number",
            "description": "Length of a total outage that spends the whole budget"
          },
          "budgetMinutesRemaining": {
            "type": "number",
            "nullable": true
          },
          "burnRate": {
            "type": "number",
            "nullable": true,
            "description": "Over the last hour; 1 spends exactly the budget in one window"
          },
          "secondsToExhaustion": {
            "type": "number",
            "nullable": true,
            "description": "If traffic and the burn rate of the last hour stay as they are; null when it does not run out at this rate"
          },
          "exhaustsAt": {
            "type": "string",
            "format": "date-time",
            "nullable": true
          }
        }
      },
      "SloSummary": {
        "type": "object",
        "required": [
          "ref",
          "namespace",
          "name",
          "title",
          "status",
          "headline",
          "window",
          "objective",
          "figures",
          "data"
        ],
        "properties": {
          "ref": {
            "type": "string",
            "description": "Entity ref of the SLO"
          },
          "namespace": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "description": {
            "type": "string"
          },
          "owner": {
            "type": "string",
            "description": "Entity ref"
          },
          "entityRef": {
            "type": "string",
            "description": "The entity that is measured"
          },
          "service": {
            "type": "string",
            "description": "Name of the OpenSLO service"
          },
          "status": {
            "$ref": "#/components/schemas/SloStatus"
          },
          "headline": {
            "type": "string",
            "description": "One sentence that answers whether we are fine"
          },
          "window": {
            "$ref": "#/components/schemas/SloWindow"
          },
          "objective": {
            "type": "string",
            "description": "Name of the objective that `figures` are of, the worst one"
          },
          "figures": {
            "$ref": "#/components/schemas/SloFigures"
          },
          "data": {
            "$ref": "#/components/schemas/SloData"
          }
        }
      },
      "SloWindow": {
        "type": "object",
        "required": [
          "duration",
          "seconds",
          "rolling"
        ],
        "properties": {
          "duration": {
            "type": "string",
            "description": "As written, such as 28d"
          },
          "seconds": {
            "type": "number"
          },
          "rolling": {
            "type": "boolean"
          }
        }
      },
      "SloPage": {
        "type": "object",
        "required": [
          "items",
          "total",
          "totals"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/SloSummary"
            }
          },
          "total": {
            "type": "integer",
            "description": "Matches on all pages"
          },
          "totals": {
            "type": "object",
            "required": [
              "healthy",
              "caution",
              "exhausted",
              "no-data",
              "unknown"
            ],
            "properties": {
              "healthy": {
                "type": "integer"
              },
              "caution": {
                "type": "integer"
              },
              "exhausted": {
                "type": "integer"
              },
              "no-data": {
                "type": "integer"
              },
              "unknown": {
                "type": "integer"
              }
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "SloObjective": {
        "type": "object",
        "required": [
          "name",
          "status",
          "figures",
          "burnRates",
          "alerts"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "displayName": {
            "type": "string"
          },
          "status": {
            "$ref": "#/components/schemas/SloStatus"
          },
          "figures": {
            "$ref": "#/components/schemas/SloFigures"
          },
          "burnRates": {
            "type": "array",
            "description": "Shortest window first",
            "items": {
              "type": "object",
              "required": [
                "window",
                "seconds",
                "burnRate"
              ],
              "properties": {
                "window": {
                  "type": "string",
                  "description": "Such as 5m, 1h, 3d"
                },
                "seconds": {
                  "type": "number"
                },
                "burnRate": {
                  "type": "number",
                  "nullable": true
                }
              }
            }
          },
          "alerts": {
            "type": "array",
            "description": "The pairs of windows that alert, whether or not Prometheus runs their rules",
            "items": {
              "$ref": "#/components/schemas/SloAlert"
            }
          }
        }
      },
      "SloAlert": {
        "type": "object",
        "required": [
          "severity",
          "long",
          "short",
          "factor",
          "consumed",
          "longRate",
          "shortRate",
          "holds"
        ],
        "properties": {
          "severity": {
            "type": "string",
            "enum": [
              "page",
              "ticket"
            ]
          },
          "long": {
            "type": "string"
          },
          "short": {
            "type": "string"
          },
          "factor": {
            "type": "number",
            "description": "Burn rate that is exceeded"
          },
          "consumed": {
            "type": "number",
            "description": "Part of the budget that is spent before it alerts"
          },
          "longRate": {
            "type": "number",
            "nullable": true
          },
          "shortRate": {
            "type": "number",
            "nullable": true
          },
          "holds": {
            "type": "boolean",
            "description": "Both rates are above the factor"
          }
        }
      },
      "SloView": {
        "allOf": [
          {
            "$ref": "#/components/schemas/SloSummary"
          },
          {
            "type": "object",
            "required": [
              "budgetingMethod",
              "objectives",
              "warnings",
              "permits"
            ],
            "properties": {
              "budgetingMethod": {
                "type": "string",
                "enum": [
                  "Occurrences",
                  "Timeslices",
                  "RatioTimeslices"
                ]
              },
              "objectives": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/SloObjective"
                }
              },
              "warnings": {
                "type": "array",
                "description": "What is doubtful in the document",
                "items": {
                  "$ref": "#/components/schemas/Problem"
                }
              },
              "permits": {
                "type": "object",
                "required": [
                  "evaluate"
                ],
                "properties": {
                  "evaluate": {
                    "$ref": "#/components/schemas/Permit"
                  }
                }
              }
            }
          }
        ]
      },
      "BurnDown": {
        "type": "object",
        "required": [
          "ref",
          "objective",
          "target",
          "from",
          "to",
          "stepSeconds",
          "points"
        ],
        "properties": {
          "ref": {
            "type": "string"
          },
          "objective": {
            "type": "string"
          },
          "target": {
            "type": "number"
          },
          "from": {
            "type": "string",
            "format": "date-time"
          },
          "to": {
            "type": "string",
            "format": "date-time"
          },
          "stepSeconds": {
            "type": "number"
          },
          "points": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "at",
                "remaining",
                "bad",
                "total"
              ],
              "properties": {
                "at": {
                  "type": "string",
                  "format": "date-time",
                  "description": "End of the step"
                },
                "remaining": {
                  "type": "number",
                  "nullable": true
                },
                "bad": {
                  "type": "number",
                  "description": "In this step"
                },
                "total": {
                  "type": "number",
                  "description": "In this step"
                }
              }
            }
          }
        }
      },
      "SloRules": {
        "type": "object",
        "required": [
          "available",
          "problems"
        ],
        "properties": {
          "available": {
            "type": "boolean"
          },
          "reason": {
            "type": "string",
            "description": "Why there are none"
          },
          "fileName": {
            "type": "string"
          },
          "content": {
            "type": "string",
            "description": "YAML of a Prometheus rule file"
          },
          "recordingRules": {
            "type": "integer"
          },
          "alertingRules": {
            "type": "integer"
          },
          "inhibition": {
            "type": "string",
            "description": "YAML for Alertmanager with which a page silences the ticket of the same objective"
          },
          "problems": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Problem"
            }
          }
        }
      },
      "AddCountersRequest": {
        "type": "object",
        "required": [
          "id",
          "counts"
        ],
        "additionalProperties": false,
        "properties": {
          "id": {
            "type": "string",
            "minLength": 8,
            "maxLength": 128,
            "description": "Made by the sender; the same for every repeat"
          },
          "counts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1000,
            "items": {
              "$ref": "#/components/schemas/Count"
            }
          }
        }
      },
      "Count": {
        "type": "object",
        "required": [
          "stream",
          "bad",
          "total"
        ],
        "additionalProperties": false,
        "properties": {
          "stream": {
            "type": "string",
            "minLength": 1,
            "maxLength": 253,
            "description": "Name that the indicators of SLOs give in `spec.stream`"
          },
          "at": {
            "type": "string",
            "format": "date-time",
            "description": "When the events happened; now without it"
          },
          "bad": {
            "type": "integer",
            "minimum": 0,
            "maximum": 1000000000000
          },
          "total": {
            "type": "integer",
            "minimum": 0,
            "maximum": 1000000000000
          }
        }
      }
    }
  }
} as const;
