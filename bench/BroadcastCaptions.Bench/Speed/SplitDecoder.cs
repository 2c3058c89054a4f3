using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using BroadcastCaptions.TestKit.Processes;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Bench.Speed;

/// <summary>
/// The shipped decoder with its If taken apart: a graph of the first step and one of the next, weights unpacked at load. That is the
/// fastest that the shipped graph runs, so that it is what a rewritten step is compared with.
/// </summary>
internal sealed class SplitDecoder : ITokenDecoder
{
    private readonly InferenceSession _first;
    private readonly InferenceSession _next;
    private readonly RunOptions _run = new();
    private readonly CacheNames _names;
    private readonly DecoderShape _shape;
    private readonly Dictionary<string, OrtValue> _cross = [];
    private readonly float[] _row;
    private List<OrtValue> _past = [];
    private OrtValue? _states;

    /// <summary>Splits and loads a merged decoder.</summary>
    public SplitDecoder(string path, TemporaryFolder folder, int threads)
    {
        var merged = OnnxReader.Read(path);
        using (var options = Sessions.Options(threads))
        using (var whole = Sessions.Load(path, options)) _shape = DecoderShape.Of(whole, path);
        _names = new CacheNames(_shape.Layers);
        _first = Load(merged, "else_branch", folder["first.onnx"], threads);
        _next = Load(merged, "then_branch", folder["next.onnx"], threads);
        _row = new float[_shape.Vocabulary];
    }

    /// <inheritdoc/>
    public int VocabularySize => _shape.Vocabulary;

    /// <inheritdoc/>
    public void Attend(OrtValue states, int length, int capacity) => _states = states;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Start(ReadOnlySpan<long> tokens, int firstRow = 0)
    {
        Clear();
        using var ids = OrtValue.CreateTensorValueFromMemory(tokens.ToArray(), [1, tokens.Length]);
        string[] names = ["logits", .. _names.PresentDecoder, .. _names.PresentEncoder];
        var outputs = _first.Run(_run, ["input_ids", "encoder_hidden_states"], [ids, _states!], names);
        for (var i = 0; i < _names.PastDecoder.Length; i++) _past.Add(outputs[1 + i]);
        for (var i = 0; i < _names.PastEncoder.Length; i++) _cross[_names.PastEncoder[i]] = outputs[1 + _past.Count + i];
        using var logits = outputs[0];
        return logits.GetTensorDataAsSpan<float>()[(firstRow * VocabularySize)..].ToArray();
    }

    /// <inheritdoc/>
    public void Keep(int count)
    {
        // Only ever asked to keep all: this decoder steps, it does not verify.
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Step(long token)
    {
        using var ids = OrtValue.CreateTensorValueFromMemory(new[] { token }, [1, 1]);
        var inputs = new Dictionary<string, OrtValue>(_cross) { ["input_ids"] = ids };
        if (_next.InputMetadata.ContainsKey("encoder_hidden_states")) inputs["encoder_hidden_states"] = _states!;
        for (var i = 0; i < _past.Count; i++) inputs[_names.PastDecoder[i]] = _past[i];
        string[] names = ["logits", .. _names.PresentDecoder];
        var outputs = _next.Run(_run, inputs, names);
        foreach (var past in _past) past.Dispose();
        _past = [.. outputs.Skip(1)];
        using var logits = outputs[0];
        logits.GetTensorDataAsSpan<float>().CopyTo(_row);
        return _row;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Clear();
        _run.Dispose();
        _first.Dispose();
        _next.Dispose();
    }

    private void Clear()
    {
        foreach (var value in _past.Concat(_cross.Values)) value.Dispose();
        _past = [];
        _cross.Clear();
    }

    /// <summary>One branch as a graph of its own, reading what it reads of the graph around it.</summary>
    private static InferenceSession Load(OnnxModel merged, string branch, string path, int threads)
    {
        var choice = merged.Graph.Nodes.First(node => node.OpType == "If");
        var body = choice.Attribute(branch)!.Graph!;
        var split = new OnnxModel { IrVersion = merged.IrVersion, Producer = merged.Producer };
        foreach (var (domain, version) in merged.Opsets) split.Opsets[domain] = version;
        var read = body.Nodes.SelectMany(node => node.Inputs).ToHashSet(StringComparer.Ordinal);
        split.Graph.Name = branch;
        split.Graph.Inputs.AddRange(merged.Graph.Inputs.Where(input => read.Contains(input.Name)));
        split.Graph.Initializers.AddRange(merged.Graph.Initializers.Concat(body.Initializers));
        split.Graph.Nodes.AddRange(body.Nodes);
        foreach (var (inner, outer) in body.Outputs.Zip(merged.Graph.Outputs))
        {
            var node = new OnnxNode { OpType = "Identity", Name = $"{outer.Name}_out" };
            node.Inputs.Add(inner.Name);
            node.Outputs.Add(outer.Name);
            if (inner.Name != outer.Name) split.Graph.Nodes.Add(node);
            split.Graph.Outputs.Add(outer);
        }

        OnnxWriter.Write(split, path);
        using var options = Sessions.Options(threads);
        options.AddSessionConfigEntry("session.disable_quant_qdq", "1");
        return Sessions.Load(path, options);
    }
}
