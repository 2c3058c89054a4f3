using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Tests.Detection;

/// <summary>Silero as its authors ship it, by ONNX Runtime.</summary>
internal sealed class SileroByRuntime : IDisposable
{
    private const int Context = 64;

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly float[] _input = new float[Context + VoiceWindow.Samples];
    private float[] _state = new float[2 * 128];

    public SileroByRuntime(string path)
    {
        using var options = Sessions.Options(threads: 1);
        _session = Sessions.Load(path, options);
    }

    public float Next(ReadOnlySpan<float> window)
    {
        window.CopyTo(_input.AsSpan(Context));
        using var input = OrtValue.CreateTensorValueFromMemory(_input, [1, _input.Length]);
        using var state = OrtValue.CreateTensorValueFromMemory(_state, [2, 1, 128]);
        using var rate = OrtValue.CreateTensorValueFromMemory(new long[] { VoiceWindow.SampleRate }, []);
        using var outputs = _session.Run(_run, ["input", "state", "sr"], [input, state, rate], ["output", "stateN"]);
        _state = outputs[1].GetTensorDataAsSpan<float>().ToArray();
        window[^Context..].CopyTo(_input);
        return outputs[0].GetTensorDataAsSpan<float>()[0];
    }

    public void Dispose()
    {
        _session.Dispose();
        _run.Dispose();
    }
}
