// Generated from openapi.yaml by "yarn generate". Do not edit.
export const spec = {
  "openapi": "3.0.3",
  "info": {
    "title": "onboarding",
    "version": "1",
    "description": "Tours and the progress of the person who asks, milestones, the checklist of the first week, and how long people take.",
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
    "/me": {
      "get": {
        "operationId": "GetMe",
        "summary": "Tours, progress, milestones and checklist of the person who asks",
        "responses": {
          "200": {
            "description": "Everything the onboarding page shows of its reader",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Me"
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
    "/me/tours/{ref}": {
      "put": {
        "operationId": "PutProgress",
        "summary": "Records how far the person who asks is in a tour",
        "description": "Progress goes forward only, and only for the version of the tour that is in the catalog. Sending the same again changes nothing.",
        "parameters": [
          {
            "$ref": "#/components/parameters/ref"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ProgressUpdate"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The progress as it is now",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Progress"
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
    "/me/tours/{ref}/missing-target": {
      "post": {
        "operationId": "ReportMissingTarget",
        "summary": "Reports that a step of a tour points to something that is not there",
        "parameters": [
          {
            "$ref": "#/components/parameters/ref"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "required": [
                  "version",
                  "stepId"
                ],
                "additionalProperties": false,
                "properties": {
                  "version": {
                    "type": "integer",
                    "minimum": 1
                  },
                  "stepId": {
                    "type": "string",
                    "maxLength": 63
                  }
                }
              }
            }
          }
        },
        "responses": {
          "204": {
            "description": "The report was taken"
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/broken-steps": {
      "get": {
        "operationId": "ListBrokenSteps",
        "summary": "Steps of tours whose targets people did not find",
        "responses": {
          "200": {
            "description": "Steps of the versions in the catalog, most reported first",
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
                        "$ref": "#/components/schemas/BrokenStep"
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
    "/time-to-first-template-run": {
      "get": {
        "operationId": "GetTimeToFirstTemplateRun",
        "summary": "How long people take from their first sign-in to their first template run",
        "responses": {
          "200": {
            "description": "The distribution, or only one's own time with fewer than five people",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TimeToFirst"
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
      "ref": {
        "name": "ref",
        "in": "path",
        "required": true,
        "description": "Entity ref of the tour, encoded",
        "schema": {
          "type": "string",
          "maxLength": 300
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
              }
            }
          }
        }
      },
      "Me": {
        "type": "object",
        "required": [
          "userRef",
          "tours",
          "milestones"
        ],
        "properties": {
          "userRef": {
            "type": "string"
          },
          "tours": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/TourView"
            }
          },
          "offer": {
            "type": "string",
            "description": "Ref of the tour to offer now; absent when none is"
          },
          "milestones": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Milestone"
            }
          },
          "checklist": {
            "$ref": "#/components/schemas/Checklist"
          },
          "checklistSopRef": {
            "type": "string",
            "description": "The procedure of the first week, when the reader sees it"
          }
        }
      },
      "TourView": {
        "type": "object",
        "required": [
          "tourRef",
          "title",
          "version",
          "steps"
        ],
        "properties": {
          "tourRef": {
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
          "version": {
            "type": "integer"
          },
          "minutes": {
            "type": "integer"
          },
          "steps": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/TourStep"
            }
          },
          "progress": {
            "$ref": "#/components/schemas/Progress"
          }
        }
      },
      "TourStep": {
        "type": "object",
        "required": [
          "id",
          "title",
          "body"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "body": {
            "type": "string"
          },
          "target": {
            "type": "string"
          },
          "page": {
            "type": "string"
          },
          "hint": {
            "type": "string"
          },
          "advanceOn": {
            "type": "string",
            "enum": [
              "click"
            ]
          },
          "fallback": {
            "type": "string"
          }
        }
      },
      "ProgressStatus": {
        "type": "string",
        "enum": [
          "offered",
          "started",
          "finished",
          "dismissed"
        ]
      },
      "ProgressUpdate": {
        "type": "object",
        "required": [
          "version",
          "status"
        ],
        "additionalProperties": false,
        "properties": {
          "version": {
            "type": "integer",
            "minimum": 1
          },
          "status": {
            "$ref": "#/components/schemas/ProgressStatus"
          },
          "stepId": {
            "type": "string",
            "maxLength": 63,
            "description": "With started, the step that is shown now"
          },
          "restart": {
            "type": "boolean",
            "description": "With started, begins again from the first step"
          }
        }
      },
      "Progress": {
        "type": "object",
        "required": [
          "tourRef",
          "version",
          "status",
          "updatedAt"
        ],
        "properties": {
          "tourRef": {
            "type": "string"
          },
          "version": {
            "type": "integer"
          },
          "status": {
            "$ref": "#/components/schemas/ProgressStatus"
          },
          "stepId": {
            "type": "string"
          },
          "offeredAt": {
            "type": "string",
            "format": "date-time"
          },
          "startedAt": {
            "type": "string",
            "format": "date-time"
          },
          "finishedAt": {
            "type": "string",
            "format": "date-time"
          },
          "finishedVersion": {
            "type": "integer"
          },
          "dismissedAt": {
            "type": "string",
            "format": "date-time"
          },
          "updatedAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "Milestone": {
        "type": "object",
        "required": [
          "kind"
        ],
        "properties": {
          "kind": {
            "type": "string",
            "enum": [
              "first-sign-in",
              "first-template-run",
              "first-sop-run"
            ]
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "evidence": {
            "type": "string",
            "description": "Id of the template run or the run it comes from"
          }
        }
      },
      "Checklist": {
        "type": "object",
        "required": [
          "runId",
          "title",
          "status",
          "done",
          "total",
          "items"
        ],
        "properties": {
          "runId": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "status": {
            "type": "string"
          },
          "done": {
            "type": "integer"
          },
          "total": {
            "type": "integer"
          },
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ChecklistItem"
            }
          }
        }
      },
      "ChecklistItem": {
        "type": "object",
        "required": [
          "stepId",
          "name",
          "status",
          "mine"
        ],
        "properties": {
          "stepId": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "status": {
            "type": "string"
          },
          "tour": {
            "type": "string"
          },
          "mine": {
            "type": "boolean",
            "description": "The reader may act on it now"
          }
        }
      },
      "BrokenStep": {
        "type": "object",
        "required": [
          "tourRef",
          "version",
          "stepId",
          "target",
          "reports",
          "lastSeenAt"
        ],
        "properties": {
          "tourRef": {
            "type": "string"
          },
          "version": {
            "type": "integer"
          },
          "stepId": {
            "type": "string"
          },
          "target": {
            "type": "string"
          },
          "reports": {
            "type": "integer",
            "description": "People who reported it"
          },
          "firstSeenAt": {
            "type": "string",
            "format": "date-time"
          },
          "lastSeenAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "TimeToFirst": {
        "type": "object",
        "required": [
          "minimum",
          "own"
        ],
        "properties": {
          "minimum": {
            "type": "integer",
            "description": "The fewest people over whom figures are shown"
          },
          "distribution": {
            "$ref": "#/components/schemas/Distribution"
          },
          "own": {
            "type": "object",
            "required": [
              "reached"
            ],
            "properties": {
              "hours": {
                "type": "number",
                "description": "Absent before the first sign-in"
              },
              "reached": {
                "type": "boolean"
              }
            }
          }
        }
      },
      "Distribution": {
        "type": "object",
        "required": [
          "n",
          "censored",
          "bins"
        ],
        "properties": {
          "n": {
            "type": "integer"
          },
          "censored": {
            "type": "integer",
            "description": "People who are not there yet"
          },
          "medianHours": {
            "type": "number"
          },
          "p75Hours": {
            "type": "number"
          },
          "bins": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "fromHours",
                "reached",
                "waiting"
              ],
              "properties": {
                "fromHours": {
                  "type": "number"
                },
                "toHours": {
                  "type": "number"
                },
                "reached": {
                  "type": "integer"
                },
                "waiting": {
                  "type": "integer"
                }
              }
            }
          }
        }
      }
    }
  }
} as const;
