using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Whisper;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace BroadcastCaptions.Speech.Rewriting;

/// <summary>
/// A Whisper's shipped graphs, to judge rewritten ones by: whole windows, and the decoder's first pass, which merged and separate
/// exports have alike. In floats or halves.
/// </summary>
internal sealed class ShippedWhisper(WhisperFiles files, SessionOptions options) : IDisposable
{
    /// <summary>What an encoder hears.</summary>
    public static readonly string[] InputName = ["input_features"];

    /// <summary>What it gives.</summary>
    public static readonly string[] StatesName = ["last_hidden_state"];

    private static readonly string[] LogitsName = ["logits"];

    private readonly InferenceSession _encoder = Sessions.Load(files.Encoder, options);
    private readonly InferenceSession _decoder = Sessions.Load(files.Decoder, options);
    private readonly RunOptions _run = new();

    /// <summary>Encodes a whole window of features, [mels, frames].</summary>
    public OrtValue Encode(float[] features, int mels)
    {
        using var input = Tensor(_encoder, InputName[0], features, [1, mels, features.Length / mels]);
        using var states = _encoder.Run(_run, InputName, [input], StatesName)[0];
        return OrtValue.CreateTensorValueFromMemory(Floats(states), states.GetTensorTypeAndShape().Shape);
    }

    /// <summary>Scores after each of the tokens, in one pass.</summary>
    public float[] Scores(OrtValue states, long[] tokens)
    {
        var inputs = new Dictionary<string, OrtValue>();
        try
        {
            inputs["input_ids"] = OrtValue.CreateTensorValueFromMemory(tokens, [1, tokens.Length]);
            inputs["encoder_hidden_states"] = Tensor(_decoder, "encoder_hidden_states", Floats(states), states.GetTensorTypeAndShape().Shape);
            foreach (var (name, input) in _decoder.InputMetadata)
                if (name == "use_cache_branch") inputs[name] = OrtValue.CreateTensorValueFromMemory(new bool[1], [1]);
                else if (name.StartsWith("past_key_values", StringComparison.Ordinal)) inputs[name] = Tensor(_decoder, name, [], [1, input.Dimensions[1], 0, input.Dimensions[3]]);
            using var outputs = _decoder.Run(_run, inputs, LogitsName);
            return Floats(outputs[0]);
        }
        finally
        {
            foreach (var value in inputs.Values) value.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
        _run.Dispose();
    }

    private static OrtValue Tensor(InferenceSession session, string name, float[] values, long[] shape)
    {
        if (session.InputMetadata[name].ElementDataType != TensorElementType.Float16) return OrtValue.CreateTensorValueFromMemory(values, shape);
        var halves = new Float16[values.Length];
        TensorPrimitives.ConvertToHalf(values, MemoryMarshal.Cast<Float16, Half>(halves.AsSpan()));
        return OrtValue.CreateTensorValueFromMemory(halves, shape);
    }

    private static float[] Floats(OrtValue value)
    {
        if (value.GetTensorTypeAndShape().ElementDataType != TensorElementType.Float16) return value.GetTensorDataAsSpan<float>().ToArray();
        var halves = MemoryMarshal.Cast<Float16, Half>(value.GetTensorDataAsSpan<Float16>());
        var floats = new float[halves.Length];
        TensorPrimitives.ConvertToSingle(halves, floats);
        return floats;
    }
}
