using System.Runtime.InteropServices;
using System.Text.Json;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.TestKit;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

/// <summary>Whisper tiny.en's shipped graphs, what they hear, and what the reference made of it.</summary>
internal sealed class WhisperTiny : IDisposable
{
    /// <summary>Frames of a window of 30 s.</summary>
    public const int Frames = 3000;

    /// <summary>Positions of an encoded window.</summary>
    public const int Positions = Frames / 2;

    private readonly InferenceSession _decoder;
    private readonly RunOptions _run = new();

    private WhisperTiny(string folder)
    {
        Folder = folder;
        _decoder = Sessions.Load(Path.Combine(folder, "decoder_model_merged.onnx"), Options);
    }

    /// <summary>What sessions are made with.</summary>
    public SessionOptions Options { get; } = Sessions.Options(threads: 2);

    /// <summary>The model's folder.</summary>
    public string Folder { get; }

    /// <summary>Opens the model; null where the weights do not lie beside the checkout.</summary>
    public static WhisperTiny? Open() => Places.InShared("models", "whisper-tiny.en") is { } folder ? new WhisperTiny(folder) : null;

    /// <summary>The reference's log-mel features of a recording's first 30 s, [80, 3000].</summary>
    public static float[] Mel(string recording)
    {
        using var index = JsonDocument.Parse(File.ReadAllText(Places.InShared("golden", "mel.json")!));
        var entry = index.RootElement.EnumerateArray().First(item => item.GetProperty("file").GetString() == recording && item.GetProperty("mels").GetInt32() == 80);
        var kept = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Places.InShared("golden", entry.GetProperty("data").GetString()!)!)).ToArray();
        var frames = entry.GetProperty("shape")[1].GetInt32();
        var mel = new float[80 * Frames];
        Array.Fill(mel, entry.GetProperty("tail").GetSingle());
        for (var band = 0; band < 80; band++) kept.AsSpan(band * frames, frames).CopyTo(mel.AsSpan(band * Frames));
        return mel;
    }

    /// <summary>The reference's tokens of a recording's first 30 s, without timestamps.</summary>
    public static long[] Tokens(string recording)
    {
        foreach (var line in File.ReadLines(Places.InShared("golden", "whisper-tiny.en.window.jsonl")!))
        {
            using var entry = JsonDocument.Parse(line);
            if (entry.RootElement.GetProperty("file").GetString() != recording) continue;
            return [.. entry.RootElement.GetProperty("transcribe").GetProperty("tokens").EnumerateArray().Select(token => token.GetInt64())];
        }

        throw new ArgumentException($"The reference has no {recording}.", nameof(recording));
    }

    /// <summary>Encodes features.</summary>
    /// <param name="encoder">The encoder's file.</param>
    /// <param name="mel">[80, frames].</param>
    public OrtValue Encode(string encoder, float[] mel)
    {
        using var session = Sessions.Load(encoder, Options);
        using var input = OrtValue.CreateTensorValueFromMemory(mel, [1, 80, mel.Length / 80]);
        return session.Run(_run, ["input_features"], [input], ["last_hidden_state"])[0];
    }

    /// <summary>The shipped encoder's states of a recording.</summary>
    public OrtValue States(string recording) => Encode(Path.Combine(Folder, "encoder_model.onnx"), Mel(recording));

    /// <summary>The shipped decoder's scores after each token, in one pass.</summary>
    public float[] Scores(OrtValue states, long[] tokens)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(tokens, [1, tokens.Length]);
        using var first = OrtValue.CreateTensorValueFromMemory(new[] { false }, [1]);
        using var nothing = OrtValue.CreateTensorValueFromMemory(Array.Empty<float>(), [1, 6, 0, 64]);
        var inputs = new Dictionary<string, OrtValue> { ["input_ids"] = input, ["encoder_hidden_states"] = states, ["use_cache_branch"] = first };
        foreach (var name in _decoder.InputNames.Where(name => name.StartsWith("past", StringComparison.Ordinal))) inputs[name] = nothing;
        using var outputs = _decoder.Run(_run, inputs, ["logits"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _run.Dispose();
        Options.Dispose();
    }
}
