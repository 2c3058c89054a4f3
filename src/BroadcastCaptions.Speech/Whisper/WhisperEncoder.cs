using System.Numerics.Tensors;
using BroadcastCaptions.Speech.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>
/// Whisper's encoder: log-mel frames in, a state for every second one out. A shipped graph takes whole windows only; a rewritten one
/// shorter windows too, whose cost is less.
/// </summary>
internal sealed class WhisperEncoder : IDisposable
{
    private const string InputName = "input_features";
    private static readonly string[] Inputs = [InputName];
    private static readonly string[] Outputs = ["last_hidden_state"];

    private readonly InferenceSession _session;
    private readonly bool _ownsSession = true;
    private readonly RunOptions _run = new();
    private readonly WhisperConfig _config;
    private readonly bool _takesHalves;
    private readonly float[] _features;
    private readonly Half[] _halves;

    /// <summary>Loads an encoder and sees whether it fits the settings.</summary>
    /// <exception cref="Failures.CaptionsException">It cannot be loaded, or is of another model.</exception>
    public WhisperEncoder(string path, WhisperConfig config, SessionOptions options)
    {
        _config = config;
        _session = Sessions.Load(path, options);
        try
        {
            var input = _session.InputMetadata.GetValueOrDefault(InputName);
            WhisperFit.Encoder(path, config, input?.Dimensions[1], _session.OutputMetadata.GetValueOrDefault(Outputs[0])?.Dimensions[^1]);
            TakesLess = input!.Dimensions[2] <= 0;
            _takesHalves = input.ElementDataType == TensorElementType.Float16;
        }
        catch
        {
            _session.Dispose();
            throw;
        }

        (_features, _halves) = Buffers();
    }

    private WhisperEncoder(WhisperEncoder first)
    {
        (_session, _ownsSession, _config, TakesLess, _takesHalves) = (first._session, false, first._config, first.TakesLess, first._takesHalves);
        (_features, _halves) = Buffers();
    }

    /// <summary>Does it take windows shorter than 30 s?</summary>
    public bool TakesLess { get; }

    /// <summary>Another over the same weights, for another thread; disposed of before this one.</summary>
    public WhisperEncoder Twin() => new(this);

    /// <summary>Encodes a window. The caller disposes of the outcome, [1, frames / 2, width].</summary>
    /// <param name="mel">What was heard.</param>
    /// <param name="frames">Frames of the window; what takes whole windows only is given one.</param>
    public OrtValue Encode(LogMel mel, int frames)
    {
        if (!TakesLess) frames = _config.WindowFrames;
        mel.Write(_features, frames);
        using var input = Input(frames);
        var states = _session.Run(_run, Inputs, [input], Outputs)[0];
        return states.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float16 ? Widened(states) : states;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsSession) _session.Dispose();
        _run.Dispose();
    }

    private (float[] Features, Half[] Halves) Buffers()
    {
        var length = _config.Mels * _config.WindowFrames;
        return (GC.AllocateUninitializedArray<float>(length, pinned: true), _takesHalves ? GC.AllocateUninitializedArray<Half>(length, pinned: true) : []);
    }

    private OrtValue Input(int frames)
    {
        long[] shape = [1, _config.Mels, frames];
        if (!_takesHalves) return OrtValue.CreateTensorValueFromMemory(_features, shape);
        TensorPrimitives.ConvertToHalf(_features, _halves);
        return OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, System.Runtime.InteropServices.MemoryMarshal.Cast<Half, Float16>(_halves.AsSpan()).ToArray().AsMemory(), shape);
    }

    private static OrtValue Widened(OrtValue states)
    {
        using (states)
        {
            var halves = System.Runtime.InteropServices.MemoryMarshal.Cast<Float16, Half>(states.GetTensorDataAsSpan<Float16>());
            var floats = new float[halves.Length];
            TensorPrimitives.ConvertToSingle(halves, floats);
            return OrtValue.CreateTensorValueFromMemory(floats, states.GetTensorTypeAndShape().Shape);
        }
    }
}
