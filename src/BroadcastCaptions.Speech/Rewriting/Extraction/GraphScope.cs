using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Extraction;

/// <summary>What is visible inside a graph: its own nodes and constants, and those of the graphs around it.</summary>
internal sealed class GraphScope
{
    private readonly Dictionary<string, OnnxNode> _producers = [];
    private readonly Dictionary<string, List<OnnxNode>> _consumers = [];
    private readonly Dictionary<string, OnnxTensor> _constants = [];

    /// <summary>Indexes <paramref name="graphs"/>: the outermost first.</summary>
    public GraphScope(params IReadOnlyList<OnnxGraph> graphs)
    {
        foreach (var graph in graphs)
        {
            foreach (var tensor in graph.Initializers) _constants[tensor.Name] = tensor;
            graph.Nodes.ForEach(Add);
        }
    }

    /// <summary>Every node, If excepted.</summary>
    public List<OnnxNode> Nodes { get; } = [];

    /// <summary>The node that writes a value; null for inputs and constants.</summary>
    public OnnxNode? Producer(string value) => _producers.GetValueOrDefault(value);

    /// <summary>The nodes that read a value.</summary>
    public IReadOnlyList<OnnxNode> Consumers(string value) => _consumers.TryGetValue(value, out var nodes) ? nodes : [];

    /// <summary>The tensor of an initializer or a Constant node; null for anything else.</summary>
    public OnnxTensor? Constant(string value) => _constants.GetValueOrDefault(value);

    private void Add(OnnxNode node)
    {
        if (node.Attributes.Exists(attribute => attribute.Graph is not null)) return; // its branches are scopes of their own
        if (node.OpType == "Constant" && node.Attribute("value")?.Tensor is { } tensor)
        {
            _constants[node.Outputs[0]] = tensor;
            return;
        }

        Nodes.Add(node);
        foreach (var output in node.Outputs) _producers[output] = node;
        foreach (var input in node.Inputs.Distinct())
        {
            if (!_consumers.TryGetValue(input, out var readers)) _consumers[input] = readers = [];
            readers.Add(node);
        }
    }
}
