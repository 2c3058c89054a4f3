using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.Speech.Rewriting.Running;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>A Whisper model's parts, loaded and fitting together. Not thread-safe: one pass at a time.</summary>
internal sealed class WhisperEngine : IDisposable
{
    private readonly Lazy<CrossAligner?> _aligner;

    /// <summary>Loads a model.</summary>
    /// <param name="files">Its files.</param>
    /// <param name="threads">Threads of one inference.</param>
    /// <param name="rewritten">Graphs that are rewritten from its own; null: the shipped ones run.</param>
    /// <exception cref="CaptionsException">A file is damaged, or of another model.</exception>
    /// <param name="device">What computes.</param>
    public WhisperEngine(WhisperFiles files, int threads, FusedFiles? rewritten = null, Device device = Device.Cpu)
    {
        Config = WhisperConfig.Read(files);
        Tokenizer = WhisperTokenizer.Load(files.Tokenizer);
        Marks = SpecialTokens.Of(Tokenizer, Config.IsMultilingual);
        if (Marks.FirstTimestamp > Config.Vocabulary)
            throw WhisperFit.Foreign(files.Tokenizer, $"it has {Marks.FirstTimestamp} tokens, and config.json says {Config.Vocabulary}");
        Rules = new(Config, Marks);
        Search = new(Rules, Marks, Config.Vocabulary);
        Mel = new(Config.Mels, Config.WindowFrames);
        using var options = Sessions.Options(threads, device);
        Encoder = new(rewritten?.Encoder ?? files.Encoder, Config, options);
        try
        {
            var fused = rewritten is null ? null : new FusedDecoder(rewritten, options);
            Decoder = fused is null ? Load(files, threads, device) : fused;
            _aligner = new(() => fused is not null && File.Exists(rewritten!.Alignment) ? LoadAligner(rewritten.Alignment, fused, threads, device) : null);
        }
        catch
        {
            Encoder.Dispose();
            throw;
        }
    }

    private WhisperEngine(WhisperEngine first)
    {
        (Config, Tokenizer, Marks, Rules) = (first.Config, first.Tokenizer, first.Marks, first.Rules);
        (Search, Mel) = (new(Rules, Marks, Config.Vocabulary), new(Config.Mels, Config.WindowFrames));
        (Encoder, Decoder) = (first.Encoder.Twin(), FusedDecoder.Of(first.Decoder).Twin());
        _aligner = new(() => null);
    }

    /// <summary>Sizes and rules.</summary>
    public WhisperConfig Config { get; }

    /// <summary>Vocabulary.</summary>
    public WhisperTokenizer Tokenizer { get; }

    /// <summary>Marks of the vocabulary.</summary>
    public SpecialTokens Marks { get; }

    /// <summary>What may be said next.</summary>
    public TokenRules Rules { get; }

    /// <summary>Features of the window at hand.</summary>
    public LogMel Mel { get; }

    /// <summary>The encoder.</summary>
    public WhisperEncoder Encoder { get; }

    /// <summary>The decoder.</summary>
    public ITokenDecoder Decoder { get; }

    /// <summary>Says when tokens are heard; loaded when first asked for. Null where the shipped graphs run: they do not show their attention.</summary>
    public CrossAligner? Aligner => _aligner.Value;

    /// <summary>The search for the most probable text.</summary>
    public WhisperSearch Search { get; }

    /// <summary>Another over the same weights, for another thread, without an aligner; disposed of before this one. Not for the shipped graphs.</summary>
    public WhisperEngine Twin() => new(this);

    /// <summary>Hears a window: afterwards the decoder speaks of it.</summary>
    /// <param name="samples">16 kHz mono.</param>
    /// <param name="frames">Frames of the window, silence behind the samples: even.</param>
    public void Hear(ReadOnlySpan<float> samples, int frames)
    {
        Mel.Listen(samples);
        States?.Dispose();
        States = Encoder.Encode(Mel, frames);
        Decoder.Attend(States, (int)States.GetTensorTypeAndShape().Shape[1], Config.MaximumTokens);
    }

    /// <summary>What the encoder made of the window; null before the first.</summary>
    public OrtValue? States { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_aligner.IsValueCreated) _aligner.Value?.Dispose();
        States?.Dispose();
        Encoder.Dispose();
        Decoder.Dispose();
    }

    private static CrossAligner LoadAligner(string path, FusedDecoder decoder, int threads, Device device)
    {
        using var options = Sessions.Options(threads, device);
        return new(path, decoder, options);
    }

    private MergedDecoder Load(WhisperFiles files, int threads, Device device)
    {
        var decoder = new MergedDecoder(files.Decoder, threads, files.DecoderWithPast, device);
        var (shape, path) = (decoder.Shape, files.DecoderWithPast ?? files.Decoder);
        try
        {
            WhisperFit.Decoder(path, Config, shape.Layers, Math.Max(0, shape.Heads) * Math.Max(0, shape.HeadSize), shape.Vocabulary);
            return decoder;
        }
        catch
        {
            decoder.Dispose();
            throw;
        }
    }
}
