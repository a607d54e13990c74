package io.pocketllm.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks that an export asks for what a text gives, and explains where it asks for more. */
final class ExportInputs {

    /** What a batch of texts can feed. */
    private static final Set<String> FROM_TEXT =
            Set.of("input_ids", "attention_mask", "token_type_ids", "position_ids");

    private static final Set<Integer> CONVERTIBLE =
            Set.of(
                    TensorProto.DataType.INT64.getNumber(),
                    TensorProto.DataType.INT32.getNumber(),
                    TensorProto.DataType.FLOAT.getNumber(),
                    TensorProto.DataType.FLOAT16.getNumber(),
                    TensorProto.DataType.BOOL.getNumber());

    private ExportInputs() {}

    /**
     * @param file what messages name
     * @throws ModelException where an input is missing, foreign, or of a fixed size
     */
    static void require(String file, GraphProto graph) throws ModelException {
        Set<String> initializers =
                graph.getInitializerList().stream()
                        .map(TensorProto::getName)
                        .collect(Collectors.toSet());
        List<ValueInfoProto> inputs =
                graph.getInputList().stream()
                        .filter(input -> !initializers.contains(input.getName()))
                        .toList();
        List<String> names = inputs.stream().map(ValueInfoProto::getName).toList();
        for (String name : names) {
            if (!FROM_TEXT.contains(name) && explanation(name) != null) {
                throw foreign(file, name);
            }
        }
        for (String needed : List.of("input_ids", "attention_mask")) {
            if (!names.contains(needed)) {
                throw new ModelException(
                        file + ": has no input \"" + needed + "\"; its inputs are " + names,
                        "Export a text model with Optimum: its inputs are input_ids and attention_mask.");
            }
        }
        for (ValueInfoProto input : inputs) {
            if (!FROM_TEXT.contains(input.getName())) {
                throw foreign(file, input.getName());
            }
            requireTextShape(file, input);
        }
    }

    private static void requireTextShape(String file, ValueInfoProto input) throws ModelException {
        int type = input.getType().getTensorType().getElemType();
        TensorShapeProto shape = input.getType().getTensorType().getShape();
        boolean known = input.getType().getTensorType().hasShape();
        if (!CONVERTIBLE.contains(type) || known && shape.getDimCount() != 2) {
            throw new ModelException(
                    file
                            + ": the input \""
                            + input.getName()
                            + "\" has the element type "
                            + type
                            + " and "
                            + shape.getDimCount()
                            + " dimensions, not integers of shape (batch, tokens)",
                    "Export a text model with Optimum.");
        }
        for (TensorShapeProto.Dimension dimension : shape.getDimList()) {
            if (dimension.getDimValue() > 0) {
                throw new ModelException(
                        file
                                + ": was exported for one size only: \""
                                + input.getName()
                                + "\" is fixed to "
                                + shape.getDimList().stream()
                                        .map(
                                                d ->
                                                        d.getDimValue() > 0
                                                                ? String.valueOf(d.getDimValue())
                                                                : "?")
                                        .toList(),
                        "Export it with dynamic axes for batch and sequence, as Optimum does.");
            }
        }
    }

    private static ModelException foreign(String file, String name) {
        String explanation = explanation(name);
        return new ModelException(
                file
                        + ": asks for the input \""
                        + name
                        + "\", "
                        + (explanation == null
                                ? "which no text gives"
                                : explanation.substring(0, explanation.indexOf('|'))),
                explanation == null
                        ? "Export a text encoder or a decoder without cache with Optimum."
                        : explanation.substring(explanation.indexOf('|') + 1));
    }

    /** What an input says about the model, and what to do, around a bar; null for nothing. */
    private static String explanation(String name) {
        if (name.startsWith("past_key_values") || name.startsWith("past.")) {
            return "the cache of a step of generation|Export it without cache: optimum-cli export onnx"
                    + " --task text-generation (not text-generation-with-past), or use decoder_model.onnx.";
        }
        if (name.startsWith("use_cache_branch")) {
            return "which switches between two models merged into one|Export it without cache: use"
                    + " decoder_model.onnx or model.onnx, not decoder_model_merged.onnx.";
        }
        if (name.startsWith("decoder_") || name.startsWith("encoder_")) {
            return "so it is half of a sequence-to-sequence model, which this program does not train|Use an"
                    + " encoder (BERT and the like) or a decoder (GPT, Llama and the like).";
        }
        if (name.startsWith("pixel_")) {
            return "so it reads images, not text|Use a text model; of a two-tower model its text half.";
        }
        if (name.equals("input_features") || name.equals("input_values")) {
            return "so it reads sound, not text|Use a text model.";
        }
        if (name.equals("inputs_embeds")) {
            return "so its embedding table is in another file|Export the whole model, which takes input_ids.";
        }
        return null;
    }
}
