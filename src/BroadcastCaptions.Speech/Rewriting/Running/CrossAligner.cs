using BroadcastCaptions.Speech.Alignment;
using BroadcastCaptions.Speech.Models;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Rewriting.Running;

/// <summary>Says when each token of a text is heard, from the cross attention of a rewritten Whisper decoder.</summary>
/// <param name="path">What <see cref="Emission.AlignmentEmitter"/> wrote.</param>
/// <param name="decoder">The decoder whose keys and values of the sound it reads: those of the last segment that was attended to.</param>
/// <param name="options">Options of its session.</param>
internal sealed class CrossAligner(string path, FusedDecoder decoder, SessionOptions options) : IDisposable
{
    private const double SecondsPerPosition = 0.02;
    private static readonly string[] Scores = ["scores"];

    private readonly InferenceSession _session = Sessions.Load(path, options);
    private readonly RunOptions _run = new();

    /// <summary>Aligns a text with the segment that the decoder attends to.</summary>
    /// <param name="frames">Frames (10 ms) of the window that hold sound.</param>
    /// <param name="prompt">The marks before the text, begin mark first, "no timestamps" last; no earlier text.</param>
    /// <param name="text">The text's tokens, no time marks.</param>
    /// <param name="end">The end mark.</param>
    /// <param name="cross">Keys and values of the window; null: those that the decoder attends to.</param>
    /// <returns>Seconds from the window's start at which each token begins, and at last where the text ends: one more than tokens.</returns>
    public double[] Align(int frames, IReadOnlyList<int> prompt, IReadOnlyList<int> text, int end, IEnumerable<(string Name, OrtValue Value)>? cross = null)
    {
        if (text.Count == 0) return [0];
        long[] tokens = [.. prompt.Concat(text).Append(end).Select(token => (long)token)];
        long[] positions = [.. Enumerable.Range(0, tokens.Length).Select(position => (long)position)];
        using var ids = OrtValue.CreateTensorValueFromMemory(tokens, [1, tokens.Length]);
        using var places = OrtValue.CreateTensorValueFromMemory(positions, [1, tokens.Length]);
        var inputs = new Dictionary<string, OrtValue> { ["input_ids"] = ids, ["position_ids"] = places };
        foreach (var (name, value) in cross ?? decoder.Cross.Named)
            if (_session.InputMetadata.ContainsKey(name)) inputs[name] = value;
        using var scores = _session.Run(_run, inputs, Scores)[0];
        var shape = scores.GetTensorTypeAndShape().Shape;
        var heard = (int)Math.Clamp(frames / 2, 1, shape[2]);
        // What is heard when a token is *about* to be said: from the last mark's row on, and without the end mark's.
        var costs = AttentionCosts.Of(scores.GetTensorDataAsSpan<float>(), (int)shape[0], tokens.Length, (int)shape[2], heard, (prompt.Count - 1)..^1);
        return [.. TimeWarping.Entries(costs, text.Count + 1, heard).Select(position => position * SecondsPerPosition)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _run.Dispose();
    }
}
