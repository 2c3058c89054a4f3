using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using BroadcastCaptions.Speech.Whisper;

namespace BroadcastCaptions.Speech.Tests.Whisper;

/// <summary>
/// A Whisper of random weights, written as its exports are: the same graphs in plain operators, the same settings and vocabulary. Its
/// windows last a second, so that all of the path runs in milliseconds.
/// </summary>
internal sealed class TinyWhisper(string folder, bool isMultilingual = true, int encoderLayers = 2, int decoderLayers = 2)
{
    public const int Mels = 80, Width = 32, Heads = 2, HeadSize = 16, Positions = 50, MaximumTokens = 64;

    private readonly Random _random = new(7);
    private readonly Dictionary<string, float[]> _weights = []; // by role: both of the decoder's graphs have the same
    private GraphBuilder _graph = new(WeightFormat.Float);
    private int _names;
    private string _part = "";

    public string Folder => folder;

    /// <summary>How large it is; the tiny one where nothing is said.</summary>
    public WhisperSizes Sizes { get; init; } = new(Mels, Width, Heads, Positions, MaximumTokens, Width * 2, null);

    /// <summary>Are the weights written in 16 bits, behind a Cast?</summary>
    public bool InHalves { get; init; }

    /// <summary>Are the decoder's weights whole numbers of steps, so that 8 bits lose nothing of them?</summary>
    public bool InSteps { get; init; }

    /// <summary>Do its convolutions end in GELU, as Whisper's do? Random weights say more varied things behind Tanh.</summary>
    public bool ConvolvesWithGelu { get; init; }

    /// <summary>Text, marks, languages, time marks.</summary>
    public static int VocabularyOf(bool isMultilingual) => 258 + 7 + (isMultilingual ? 3 : 1) + Positions + 1;

    private int Vocabulary => Sizes.Vocabulary ?? VocabularyOf(isMultilingual);

    /// <summary>Writes the model.</summary>
    public WhisperFiles Write(bool merged = true)
    {
        Directory.CreateDirectory(folder);
        WriteSettings();
        OnnxWriter.Write(Encoder(), Path.Combine(folder, "encoder_model.onnx"));
        var (first, next) = (Decoder(isCached: false), Decoder(isCached: true));
        if (merged) OnnxWriter.Write(Merge(first, next), Path.Combine(folder, "decoder_model_merged.onnx"));
        else
        {
            OnnxWriter.Write(first, Path.Combine(folder, "decoder_model.onnx"));
            OnnxWriter.Write(next, Path.Combine(folder, "decoder_with_past_model.onnx"));
        }

        return WhisperFiles.In(folder);
    }

    private void WriteSettings()
    {
        string[] languages = isMultilingual ? ["en", "de", "ja"] : ["en"];
        string[] marks = ["endoftext", "startoftranscript", .. languages, "translate", "transcribe", "startofprev", "nospeech", "notimestamps"];
        var end = Vocabulary - Sizes.Positions - 1 - marks.Length;
        var vocabulary = new JsonObject();
        for (var value = 0; value < 256; value++) vocabulary[ByteAlphabet.Character((byte)value).ToString()] = value;
        vocabulary["he"] = 256;
        vocabulary["Ġhe"] = 257;
        for (var id = 258; id < end; id++) vocabulary[$"Ġ{id}"] = id;
        Save("tokenizer.json", new JsonObject
        {
            ["added_tokens"] = new JsonArray([.. marks.Select((mark, i) => new JsonObject { ["id"] = end + i, ["content"] = $"<|{mark}|>" })]),
            ["model"] = new JsonObject { ["vocab"] = vocabulary, ["merges"] = isMultilingual ? new JsonArray(new JsonArray("h", "e"), new JsonArray("Ġ", "he")) : new JsonArray("h e", "Ġ he") },
        });
        Save("config.json", new JsonObject
        {
            ["model_type"] = "whisper",
            ["num_mel_bins"] = Sizes.Mels,
            ["d_model"] = Sizes.Width,
            ["max_source_positions"] = Sizes.Positions,
            ["max_target_positions"] = Sizes.MaximumTokens,
            ["encoder_layers"] = encoderLayers,
            ["decoder_layers"] = decoderLayers,
            ["decoder_attention_heads"] = Sizes.Heads,
            ["vocab_size"] = Vocabulary,
        });
        Save("generation_config.json", new JsonObject
        {
            ["is_multilingual"] = isMultilingual,
            ["max_initial_timestamp_index"] = 10,
            ["suppress_tokens"] = new JsonArray(0, 1, 2, 3, end + 1, end + marks.Length - 2),
            ["begin_suppress_tokens"] = new JsonArray(32, end),
            ["alignment_heads"] = new JsonArray(new JsonArray(0, 1)),
        });
        Save("preprocessor_config.json", new JsonObject { ["feature_size"] = Sizes.Mels });
    }

    private void Save(string name, JsonObject content) => File.WriteAllText(Path.Combine(folder, name), content.ToJsonString(new JsonSerializerOptions()));

    private OnnxModel Encoder()
    {
        Begin("encoder");
        _graph.Input("input_features", ElementType.Float, "B", $"{Sizes.Mels}", $"{2 * Sizes.Positions}");
        var sum = Convolution("second", Convolution("first", "input_features", Sizes.Mels, 1), Sizes.Width, 2);
        sum = Node("Transpose", [sum], GraphBuilder.Integers("perm", 0, 2, 1));
        sum = Node("Add", sum, Weight("positions", Sizes.Positions, Sizes.Width));
        for (var i = 0; i < encoderLayers; i++)
        {
            var input = Norm($"norm.{i}", sum);
            sum = Node("Add", sum, Attention($"self.{i}", Split($"query.{i}", input), Split($"key.{i}", input), Split($"value.{i}", input), isCausal: false));
            sum = Node("Add", sum, FeedForward($"feed.{i}", Norm($"feed.norm.{i}", sum)));
        }

        Out(Norm("final", sum), "last_hidden_state", "B", "T", $"{Sizes.Width}");
        return _graph.Build();
    }

    private OnnxModel Decoder(bool isCached)
    {
        Begin("decoder");
        _graph.Input("input_ids", ElementType.Int64, "B", "S");
        if (!isCached) _graph.Input("encoder_hidden_states", ElementType.Float, "B", "T", $"{Sizes.Width}");
        for (var i = 0; i < decoderLayers && isCached; i++)
            foreach (var name in Cache("past_key_values", i)) _graph.Input(name, ElementType.Float, "B", $"{Sizes.Heads}", "L", $"{Sizes.HeadSize}");
        var embedding = Weight("embedding", Vocabulary, Sizes.Width);
        var sum = Node("Add", Node("Gather", embedding, "input_ids"), Node("Gather", Weight("positions", Sizes.MaximumTokens, Sizes.Width), Numbers(isCached)));
        for (var i = 0; i < decoderLayers; i++)
        {
            var (past, present) = (Cache("past_key_values", i), Cache("present", i));
            var input = Norm($"norm.{i}", sum);
            var (key, value) = (Split($"key.{i}", input), Split($"value.{i}", input));
            if (isCached) (key, value) = (Join(past[0], key), Join(past[1], value));
            (key, value) = (Keep(key, present[0]), Keep(value, present[1]));
            sum = Node("Add", sum, Attention($"self.{i}", Split($"query.{i}", input), key, value, isCausal: !isCached));
            (key, value) = isCached
                ? (past[2], past[3])
                : (Keep(Split($"cross.key.{i}", "encoder_hidden_states"), present[2]), Keep(Split($"cross.value.{i}", "encoder_hidden_states"), present[3]));
            sum = Node("Add", sum, Attention($"cross.{i}", Split($"cross.query.{i}", Norm($"cross.norm.{i}", sum)), key, value, isCausal: false));
            sum = Node("Add", sum, FeedForward($"feed.{i}", Norm($"feed.norm.{i}", sum)));
        }

        var table = Node("Transpose", [embedding], GraphBuilder.Integers("perm", 1, 0));
        Out(Node("MatMul", Norm("final", sum), table), "logits", "B", "S", $"{Vocabulary}");
        return _graph.Build();
    }

    /// <summary>One If with both graphs inside, as optimum merges them.</summary>
    private OnnxModel Merge(OnnxModel first, OnnxModel next)
    {
        var outer = new GraphBuilder(WeightFormat.Float);
        outer.Input("input_ids", ElementType.Int64, "B", "S");
        outer.Input("encoder_hidden_states", ElementType.Float, "B", "T", $"{Sizes.Width}");
        foreach (var input in next.Graph.Inputs.Skip(1)) outer.Input(input.Name, input.Type, input.Shape);
        outer.Input("use_cache_branch", ElementType.Bool, "1");
        foreach (var output in first.Graph.Outputs) outer.Output(output.Name, output.Shape);
        foreach (var output in first.Graph.Outputs.Where(output => output.Name.Contains(".encoder.", StringComparison.Ordinal)))
        {
            var pass = new OnnxNode { OpType = "Identity", Name = $"pass.{output.Name}" };
            pass.Inputs.Add(output.Name.Replace("present", "past_key_values", StringComparison.Ordinal));
            pass.Outputs.Add(output.Name);
            next.Graph.Nodes.Add(pass);
        }

        var choice = new OnnxNode { OpType = "If", Name = "choice" };
        choice.Inputs.Add("use_cache_branch");
        choice.Outputs.AddRange(first.Graph.Outputs.Select(output => output.Name));
        choice.Attributes.Add(new OnnxAttribute("then_branch") { Type = AttributeType.Graph, Graph = Branch(next.Graph, "then", choice.Outputs) });
        choice.Attributes.Add(new OnnxAttribute("else_branch") { Type = AttributeType.Graph, Graph = Branch(first.Graph, "else", choice.Outputs) });
        var model = outer.Build();
        model.Graph.Nodes.Add(choice);
        return model;
    }

    private static OnnxGraph Branch(OnnxGraph graph, string name, List<string> outputs)
    {
        var branch = new OnnxGraph { Name = name };
        var inner = graph.Nodes.SelectMany(node => node.Outputs).Concat(graph.Initializers.Select(tensor => tensor.Name)).ToHashSet();
        string Own(string value) => inner.Contains(value) ? $"{name}.{value}" : value;
        foreach (var tensor in graph.Initializers) branch.Initializers.Add(tensor with { Name = Own(tensor.Name) });
        foreach (var node in graph.Nodes)
        {
            var copy = new OnnxNode { OpType = node.OpType, Domain = node.Domain, Name = $"{name}.{node.Name}" };
            copy.Inputs.AddRange(node.Inputs.Select(Own));
            copy.Outputs.AddRange(node.Outputs.Select(Own));
            copy.Attributes.AddRange(node.Attributes);
            branch.Nodes.Add(copy);
        }

        foreach (var output in outputs) branch.Outputs.Add(new OnnxValue(Own(output), ElementType.Float, output == "logits" ? ["", "", ""] : ["", "", "", ""]));
        return branch;
    }

    private void Begin(string part)
    {
        _graph = new(WeightFormat.Float);
        (_names, _part) = (0, part);
    }

    private static string[] Cache(string prefix, int layer) =>
        [$"{prefix}.{layer}.decoder.key", $"{prefix}.{layer}.decoder.value", $"{prefix}.{layer}.encoder.key", $"{prefix}.{layer}.encoder.value"];

    /// <summary>The tokens' places in the text.</summary>
    private string Numbers(bool isCached)
    {
        var past = isCached ? Node("Gather", Node("Shape", "past_key_values.0.decoder.key"), Integer(2)) : Integer(0);
        var count = Node("Gather", Node("Shape", "input_ids"), Integer(1));
        return Node("Range", past, Node("Add", past, count), Integer(1));
    }

    private string Attention(string role, string query, string key, string value, bool isCausal)
    {
        var scores = Node("MatMul", query, Node("Transpose", [key], GraphBuilder.Integers("perm", 0, 1, 3, 2)));
        scores = Node("Mul", scores, Constant([], 1 / MathF.Sqrt(Sizes.HeadSize)));
        if (isCausal)
        {
            var length = Node("Gather", Node("Shape", "input_ids"), _graph.Constant(Name(), 1));
            var square = Node("Concat", [length, length], GraphBuilder.Integer("axis", 0));
            scores = Node("Add", scores, Node("Trilu", [Node("Expand", Constant([], -1e9f), square), Integer(1)], GraphBuilder.Integer("upper", 1)));
        }

        var mixed = Node("MatMul", Node("Softmax", [scores], GraphBuilder.Integer("axis", -1)), value);
        var joined = Node("Reshape", Node("Transpose", [mixed], GraphBuilder.Integers("perm", 0, 2, 1, 3)), _graph.Constant(Name(), 1, -1, Sizes.Width));
        return Product($"{role}.out", joined, Sizes.Width, Sizes.Width);
    }

    private string FeedForward(string role, string input)
    {
        var up = Product($"{role}.up", input, Sizes.Width, Sizes.Inner);
        var half = Node("Mul", up, Node("Add", Node("Erf", Node("Div", up, Constant([], MathF.Sqrt(2)))), Constant([], 1)));
        return Product($"{role}.down", Node("Mul", half, Constant([], 0.5f)), Sizes.Inner, Sizes.Width);
    }

    private string Convolution(string role, string input, int channels, int stride)
    {
        string[] inputs = [input, Weight($"{role}.weight", Sizes.Width, channels, 3), Weight($"{role}.bias", Sizes.Width)];
        var output = Name();
        _graph.Node("Conv", inputs, [output], GraphBuilder.Integers("pads", 1, 1), GraphBuilder.Integers("strides", stride), GraphBuilder.Integers("kernel_shape", 3));
        return ConvolvesWithGelu ? _graph.Contrib("Gelu", [output], [Name()]) : Node("Tanh", output);
    }

    private string Norm(string role, string input)
    {
        var output = Name();
        _graph.Node("LayerNormalization", [input, Constant([Sizes.Width], [.. Enumerable.Repeat(1f, Sizes.Width)]), Weight($"{role}.shift", Sizes.Width)], [output], GraphBuilder.Integer("axis", -1));
        return output;
    }

    private string Split(string role, string input) => Node(
        "Transpose", [Node("Reshape", Product(role, input, Sizes.Width, Sizes.Width), _graph.Constant(Name(), 1, -1, Sizes.Heads, Sizes.HeadSize))], GraphBuilder.Integers("perm", 0, 2, 1, 3));

    private string Product(string role, string input, int rows, int columns) =>
        Node("Add", Node("MatMul", input, Weight(role, rows, columns)), Weight($"{role}.bias", columns));

    private string Join(string past, string now) => Node("Concat", [past, now], GraphBuilder.Integer("axis", 2));

    private string Keep(string value, string name) => Out(value, name, "B", $"{Sizes.Heads}", "L", $"{Sizes.HeadSize}");

    private string Out(string value, string name, params IReadOnlyList<string> shape)
    {
        _graph.Output(name, shape);
        return _graph.Node("Identity", [value], [name]);
    }

    private string Weight(string role, params IReadOnlyList<long> shape)
    {
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        if (!_weights.TryGetValue($"{_part}.{role}", out var values))
        {
            // Wide enough that texts differ, and that no two scores are as good as the same.
            var spread = shape.Count == 1 ? 0.1f : 3 / MathF.Sqrt(count / shape[^1]);
            values = new float[count];
            for (var i = 0; i < count; i++) values[i] = ((_random.NextSingle() * 2) - 1) * spread;
            if (InSteps && _part == "decoder" && shape.Count == 2) PutInSteps(values, (int)shape[1], spread / sbyte.MaxValue);
            if (_part == "decoder") _weights[$"{_part}.{role}"] = values;
        }

        if (!InHalves) return _graph.Constant(Name(), shape, values);
        var halves = new Half[count];
        TensorPrimitives.ConvertToHalf(values, halves);
        return Node("Cast", [_graph.Constant(Name(), ElementType.Float16, shape, MemoryMarshal.AsBytes<Half>(halves).ToArray())], GraphBuilder.Integer("to", (int)ElementType.Float));
    }

    private string Constant(IReadOnlyList<long> shape, params float[] values) => _graph.Constant(Name(), shape, values);

    private string Integer(long value) => _graph.Constant(Name(), ElementType.Int64, [], BitConverter.GetBytes(value));

    private string Node(string operation, params IReadOnlyList<string> inputs) => _graph.Node(operation, inputs, [Name()]);

    private string Node(string operation, IReadOnlyList<string> inputs, OnnxAttribute attribute) => _graph.Node(operation, inputs, [Name()], attribute);

    private string Name() => $"n{_names++}";

    /// <summary>Rounds to steps; in every row and in every column stands the largest number of them.</summary>
    private static void PutInSteps(float[] values, int columns, float step)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var (row, column) = (i / columns, i % columns);
            var isLargest = column == row % columns || row == column % (values.Length / columns);
            values[i] = isLargest ? sbyte.MaxValue * step : MathF.Round(values[i] / step) * step;
        }
    }
}
