import type { NodeDefinition } from "../definition.ts";
import { type GruMethod, gru } from "./gru.ts";
import { type LstmMethod, lstm } from "./lstm.ts";
import { type SimpleRnnMethod, simpleRnn } from "./simple-rnn.ts";

export interface RecurrentMethods extends GruMethod, LstmMethod, SimpleRnnMethod {}

export const recurrentNodes = { gru, lstm, simpleRnn } satisfies Record<keyof RecurrentMethods, NodeDefinition>;

export type { Gru, GruMethod } from "./gru.ts";
export type { Lstm, LstmMethod } from "./lstm.ts";
export type { Direction, RecurrentOptions } from "./recurrent.ts";
export type { SimpleRnn, SimpleRnnMethod } from "./simple-rnn.ts";
