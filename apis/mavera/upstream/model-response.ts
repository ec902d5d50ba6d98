// A response as callers see it, in one piece or at the end of a stream.

interface TextPart {
  readonly type: "output_text";
  readonly text: string;
  readonly annotations: readonly never[];
}

export interface OutputMessage {
  readonly id: string;
  readonly type: "message";
  readonly role: "assistant";
  readonly status: "completed";
  readonly content: readonly [TextPart];
}

export interface ModelResponse {
  readonly id: string;
  readonly object: "response";
  readonly created_at: number;
  readonly status: "completed";
  readonly model: string;
  readonly output: readonly [OutputMessage];
  /** There when the text had to fit a JSON schema. */
  readonly parsed?: object;
  readonly usage: {
    readonly input_tokens: number;
    readonly output_tokens: number;
    readonly total_tokens: number;
    readonly credits_used: number;
  };
}
