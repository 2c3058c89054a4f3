using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Extraction;

/// <summary>Finds an encoder's weights by structure, from its one output backwards; no node's name is read.</summary>
internal sealed class EncoderExtractor
{
    private readonly OnnxGraph _graph;
    private readonly GraphScope _scope;
    private readonly ConstantFolder _constants;
    private readonly Dataflow _flow;
    private readonly NormReader _norms;
    private readonly HashSet<Linear> _linears;

    private EncoderExtractor(OnnxGraph graph)
    {
        _graph = graph;
        _scope = new GraphScope(graph);
        _constants = new ConstantFolder(_scope);
        var linears = new LinearFinder(_scope, _constants).Find();
        _flow = new Dataflow(_scope, linears);
        _norms = new NormReader(_scope, _constants);
        _linears = [.. linears.Values];
    }

    /// <summary>Finds the weights of an encoder.</summary>
    /// <exception cref="InvalidDataException">The graph is not an encoder as known here.</exception>
    public static EncoderWeights Extract(OnnxGraph graph) => new EncoderExtractor(graph).Extract();

    private EncoderWeights Extract()
    {
        var end = _graph.Outputs[0].Name;
        var attentions = _linears.Select(Attention).OfType<AttentionWeights>()
            .OrderBy(attention => _flow.Behind(attention.Query.Source).Count).ToList(); // the deeper, the more was added before
        if (attentions.Count == 0) throw new InvalidDataException("The model has no attention.");
        var layers = attentions.Select((attention, i) =>
            Layer(attention, i + 1 < attentions.Count ? attentions[i + 1].Query.Source : end)).ToList();
        var states = layers[0].SelfNorm.Source;
        var rotated = _flow.Between(attentions[0].Output.Source);
        return new EncoderWeights(Front(states), states, Frequencies(rotated), layers, _norms.Read(end));
    }

    private EncoderLayer Layer(AttentionWeights attention, string next)
    {
        var before = _flow.Behind(attention.Query.Source);
        var added = _flow.Behind(next).Except(before).Where(linear => linear != attention.Output).ToList();
        if (added.Count != 1 || _flow.Behind(added[0].Source).ToList() is not [var up])
            throw new InvalidDataException("A layer of the encoder has another feed-forward than is known here.");
        return new EncoderLayer(_norms.Read(attention.Query.Source), attention, _norms.Read(up.Source), up, added[0]);
    }

    /// <summary>
    /// The attention that a product closes; null where it closes none. Softmax(query · keyᵀ) · value: which product is which
    /// shows in the order of the operands.
    /// </summary>
    private AttentionWeights? Attention(Linear output)
    {
        if (_flow.Behind(output.Source).Count != 3) return null;
        var softmax = _flow.Between(output.Source).Select(_scope.Producer).FirstOrDefault(node => node?.OpType == "Softmax");
        if (softmax is null) return null;
        var scores = _flow.Between(softmax.Input(0)).Select(_scope.Producer).OfType<OnnxNode>()
            .Where(node => node.OpType == "MatMul" && _flow.Behind(node.Input(0)).Count == 1 && _flow.Behind(node.Input(1)).Count == 1).ToList();
        if (scores.Count != 1) throw new InvalidDataException("An attention has no single product of queries and keys.");
        var query = _flow.Behind(scores[0].Input(0)).Single();
        var key = _flow.Behind(scores[0].Input(1)).Single();
        return new AttentionWeights(query, key, _flow.Behind(output.Source).Except([query, key]).Single(), output);
    }

    private Weight? Frequencies(HashSet<string> rotated)
    {
        var cosine = rotated.FirstOrDefault(value => _scope.Producer(value)?.OpType == "Cos");
        return cosine is null ? null : _flow.Between(cosine).Select(_constants.Fold).FirstOrDefault(constant => constant is { Count: > 1, Rank: > 1 });
    }

    /// <summary>Every node and constant behind a value, in their order.</summary>
    private OnnxGraph Front(string value)
    {
        var front = new OnnxGraph();
        var needed = new HashSet<string>();
        var open = new Stack<string>([value]);
        while (open.TryPop(out var name))
            if (needed.Add(name) && _graph.Nodes.Find(node => node.Outputs.Contains(name)) is { } node) node.Inputs.ForEach(open.Push);
        front.Nodes.AddRange(_graph.Nodes.Where(node => node.Outputs.Exists(needed.Contains)));
        front.Initializers.AddRange(_graph.Initializers.Where(tensor => needed.Contains(tensor.Name)));
        front.Inputs.AddRange(_graph.Inputs);
        return front;
    }
}
