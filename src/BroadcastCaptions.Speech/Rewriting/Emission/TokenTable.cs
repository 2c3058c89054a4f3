using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>The look-up of the tokens' vectors. In 8 bits it takes a quarter of the float table's memory.</summary>
internal static class TokenTable
{
    private const byte Zero = 128;

    /// <summary>Adds the look-up of input_ids. Returns the vectors' name.</summary>
    public static string Add(GraphBuilder graph, Weight embedding, WeightFormat format)
    {
        if (format == WeightFormat.Float || embedding.Columns % BlockQuantizer.Block != 0) // a row is whole blocks
            return graph.Node("Gather", [graph.Constant("tokens", embedding), "input_ids"], ["embedded"]);
        var quantized = BlockQuantizer.Quantize(Matrix.Of(embedding.Transposed()));
        long[] blocks = [embedding.Rows, quantized.Blocks];
        var zeros = new byte[quantized.Scales.Length];
        Array.Fill(zeros, Zero);
        return graph.Contrib("GatherBlockQuantized",
            [
                graph.Constant("tokens", ElementType.UInt8, [embedding.Rows, quantized.Blocks * BlockQuantizer.Block], quantized.Packed),
                "input_ids", graph.Constant("tokens_scale", blocks, quantized.Scales), graph.Constant("tokens_zero", ElementType.UInt8, blocks, zeros),
            ],
            ["embedded"],
            GraphBuilder.Integer("bits", 8), GraphBuilder.Integer("block_size", BlockQuantizer.Block),
            GraphBuilder.Integer("gather_axis", 0), GraphBuilder.Integer("quantize_axis", 1));
    }
}
