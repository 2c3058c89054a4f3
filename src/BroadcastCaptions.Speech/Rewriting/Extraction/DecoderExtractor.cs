using System.Globalization;
using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Extraction;

/// <summary>
/// Finds a decoder's weights by structure. It starts at what the runtime itself feeds and takes (input_ids, logits, present.N.*)
/// and asks only which products stand next behind which; no node's name is read.
/// </summary>
internal sealed class DecoderExtractor
{
    private readonly OnnxGraph _graph;
    private readonly GraphScope _scope;
    private readonly Dictionary<string, string> _outputs;
    private readonly ConstantFolder _constants;
    private readonly Dataflow _flow;
    private readonly NormReader _norms;
    private readonly HashSet<Linear> _linears;

    private DecoderExtractor(OnnxGraph graph, GraphScope scope, Dictionary<string, string> outputs)
    {
        (_graph, _scope, _outputs) = (graph, scope, outputs);
        _constants = new ConstantFolder(scope);
        var linears = new LinearFinder(scope, _constants).Find();
        _flow = new Dataflow(scope, linears);
        _norms = new NormReader(scope, _constants);
        _linears = [.. linears.Values];
    }

    /// <summary>Finds the weights of a decoder; of a merged one, in the branch of the first step, which has them all.</summary>
    /// <exception cref="InvalidDataException">The graph is not a decoder as known here; the message says where it differs.</exception>
    public static DecoderWeights Extract(OnnxGraph graph) =>
        Views(graph).FirstOrDefault(view => view.HasCrossProducts())?.Extract()
            ?? throw new InvalidDataException("No part of the model turns the encoder's states into keys and values.");

    /// <summary>The graph itself, and each branch of an If that gives its outputs, with the outputs' names inside.</summary>
    private static IEnumerable<DecoderExtractor> Views(OnnxGraph graph)
    {
        foreach (var node in graph.Nodes.Where(node => node.OpType == "If"))
            foreach (var branch in node.Attributes.Select(attribute => attribute.Graph).OfType<OnnxGraph>())
                yield return new DecoderExtractor(graph, new GraphScope(graph, branch),
                    node.Outputs.Zip(branch.Outputs).ToDictionary(pair => pair.First, pair => pair.Second.Name));
        yield return new DecoderExtractor(graph, new GraphScope(graph), graph.Outputs.ToDictionary(output => output.Name, output => output.Name));
    }

    private bool HasCrossProducts() => _outputs.TryGetValue("present.0.encoder.key", out var key) && _flow.Behind(key).Count == 1;

    private DecoderWeights Extract()
    {
        var logits = Only(_flow.Behind(_outputs["logits"]), "the logits");
        var attentions = new List<(AttentionWeights Self, AttentionWeights Cross)>();
        for (var i = 0; _outputs.ContainsKey(Present(i, "decoder", "key")); i++) attentions.Add((Attention(i, "decoder"), Attention(i, "encoder")));
        var layers = attentions.Select((layer, i) =>
            Layer(layer.Self, layer.Cross, i + 1 < attentions.Count ? attentions[i + 1].Self.Query : logits)).ToList();
        var first = layers[0].Self;
        var embedding = Tables(first.Query.Source, tokens: true) ?? throw new InvalidDataException("No table is read by input_ids.");
        return new DecoderWeights(embedding, Tables(first.Query.Source, tokens: false), Frequencies(first.Key),
            layers, _norms.Read(logits.Source), logits, Heads());
    }

    private AttentionWeights Attention(int layer, string kind)
    {
        var where = $"the {kind} attention of layer {layer}";
        var key = Only(_flow.Behind(_outputs[Present(layer, kind, "key")]), $"the keys of {where}");
        var value = Only(_flow.Behind(_outputs[Present(layer, kind, "value")]), $"the values of {where}");
        var output = Only(_linears.Where(linear => _flow.Behind(linear.Source) is { Count: 3 } behind && behind.Contains(key) && behind.Contains(value)), where);
        var query = Only(_flow.Behind(output.Source).Except([key, value]), $"the queries of {where}");
        return new AttentionWeights(query, key, value, output);
    }

    private DecoderLayer Layer(AttentionWeights self, AttentionWeights cross, Linear next)
    {
        var sum = _flow.Behind(next.Source); // the residual stream: every product that was ever added to it
        var before = _flow.Behind(cross.Query.Source);
        var down = Only(sum.Except(before).Except([cross.Output]), "the feed-forward of a layer");
        var up = Only(_flow.Behind(down.Source), "the feed-forward's first product");
        return new DecoderLayer(_norms.Read(self.Query.Source), self, _norms.Read(cross.Query.Source), cross, _norms.Read(up.Source), up, down);
    }

    /// <summary>The table that input_ids reads, or the other one that is added to it: positions.</summary>
    private Weight? Tables(string start, bool tokens)
    {
        foreach (var value in _flow.Between(start))
            if (_scope.Producer(value) is { OpType: "Gather" } gather && Table(gather) is { Rank: 2 } table
                && _flow.Between(gather.Input(1)).Contains("input_ids") == tokens)
                return table;
        return null;
    }

    private Weight? Table(OnnxNode gather)
    {
        if (_constants.Fold(gather.Input(0)) is not { } table) return null;
        if (_scope.Consumers(gather.Outputs[0]).FirstOrDefault(reader => reader.OpType == "DequantizeLinear") is not { } dequantize) return table;
        if (_constants.Fold(dequantize.Input(1)) is not { Count: 1 } scale) return null;
        return Quantization.Decode(table, scale, _constants.Fold(dequantize.Input(2)), axis: 0);
    }

    /// <summary>The constant whose multiples' cosines turn the keys.</summary>
    private Weight? Frequencies(Linear key)
    {
        var keys = _outputs[Present(0, "decoder", "key")];
        var cosine = _flow.Between(keys).FirstOrDefault(value => _scope.Producer(value)?.OpType == "Cos");
        if (cosine is null) return null;
        return _flow.Between(cosine).Select(_constants.Fold).FirstOrDefault(constant => constant is { Count: > 1 } && constant.Count <= key.Outputs)
            ?? throw new InvalidDataException("The frequencies of the rotary embedding are not constant.");
    }

    private int Heads()
    {
        var past = _graph.Outputs.First(output => output.Name == Present(0, "decoder", "key"));
        return past.Shape.Count == 4 && int.TryParse(past.Shape[1], CultureInfo.InvariantCulture, out var heads)
            ? heads
            : throw new InvalidDataException("The model does not say how many heads its attention has.");
    }

    private static string Present(int layer, string kind, string part) => $"present.{layer}.{kind}.{part}";

    private static Linear Only(IEnumerable<Linear> linears, string what)
    {
        var found = linears.ToList();
        return found.Count == 1 ? found[0] : throw new InvalidDataException($"{found.Count} products found where one was expected: {what}.");
    }
}
