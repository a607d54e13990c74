package io.pocketllm.data;

import java.util.BitSet;
import java.util.List;

/**
 * An example as rows, and which of their tokens come from its texts: only those may be left out by
 * token dropout. The rows of one example hold the same texts' tokens in the same order.
 *
 * @param example the rows
 * @param textTokens for each row the places of tokens that are neither a model's own marks, nor a
 *     template's words, nor predicted
 */
public record EncodedExample(TokenizedExample example, List<BitSet> textTokens) {}
