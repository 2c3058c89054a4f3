using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using BroadcastCaptions.Speech.Rewriting.Running;
using BroadcastCaptions.TestKit.Processes;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

/// <summary>Whisper tiny.en and its rewritten decoders, made once for a class of tests: each takes seconds.</summary>
public sealed class RewrittenTiny : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, FusedDecoder> _decoders = [];
    private readonly Dictionary<string, OrtValue> _states = [];

    /// <summary>The shipped graphs; null where the weights do not lie beside the checkout.</summary>
    internal WhisperTiny? Shipped { get; } = WhisperTiny.Open();

    public void Dispose()
    {
        foreach (var decoder in _decoders.Values) decoder.Dispose();
        foreach (var states in _states.Values) states.Dispose();
        Shipped?.Dispose();
        _folder.Dispose();
    }

    /// <summary>The shipped encoder's states of a recording.</summary>
    internal OrtValue States(string recording)
    {
        if (!_states.TryGetValue(recording, out var states)) _states[recording] = states = Shipped!.States(recording);
        return states;
    }

    /// <summary>A shipped decoder, rewritten.</summary>
    internal FusedDecoder Decoder(string file, WeightFormat format)
    {
        var name = $"{format}-{file}";
        if (_decoders.TryGetValue(name, out var decoder)) return decoder;
        var files = new FusedFiles("", _folder[name], _folder[$"cross-{name}"]);
        var weights = DecoderExtractor.Extract(OnnxReader.Read(Path.Combine(Shipped!.Folder, file)).Graph);
        OnnxWriter.Write(WhisperDecoderEmitter.Emit(weights, format), files.Decoder);
        OnnxWriter.Write(CrossEmitter.Emit(weights, format), files.Cross);
        return _decoders[name] = new FusedDecoder(files, Shipped.Options);
    }
}
