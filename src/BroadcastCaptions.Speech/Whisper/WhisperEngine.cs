using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Alignment;
using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.Speech.Rewriting;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>A Whisper model's parts, loaded and fitting together. Not thread-safe: one pass at a time.</summary>
internal sealed class WhisperEngine : IDisposable
{
    /// <summary>Loads a model.</summary>
    /// <param name="files">Its files.</param>
    /// <param name="threads">Threads of one inference.</param>
    /// <param name="rewritten">What its own was rewritten to; null: the shipped graphs run.</param>
    /// <param name="device">What computes.</param>
    /// <exception cref="CaptionsException">A file is damaged, or of another model.</exception>
    public WhisperEngine(WhisperFiles files, int threads, FusedFiles? rewritten = null, Device device = Device.Cpu)
        : this(files, threads, rewritten?.Encoder ?? files.Encoder, config => rewritten is null ? Shipped(files, config, threads, device) : Rewritten(files, config, rewritten, threads), device)
    {
    }

    /// <summary>Loads a model with a decoder of the caller's.</summary>
    /// <param name="files">Its files.</param>
    /// <param name="threads">Threads of one inference.</param>
    /// <param name="encoder">The encoder's graph.</param>
    /// <param name="decoder">Loads the decoder, which is disposed of with this.</param>
    /// <param name="device">What computes.</param>
    /// <exception cref="CaptionsException">A file is damaged, or of another model.</exception>
    public WhisperEngine(WhisperFiles files, int threads, string encoder, Func<WhisperConfig, ITokenDecoder> decoder, Device device = Device.Cpu)
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
        Encoder = new(encoder, Config, options);
        try
        {
            Decoder = decoder(Config);
            if (Decoder is IntegerDecoder own) Aligner = new(own);
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
        (Encoder, Decoder) = (first.Encoder.Twin(), IntegerDecoder.Of(first.Decoder).Twin());
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

    /// <summary>Says when tokens are heard. Null where the shipped graphs run: they do not show their attention.</summary>
    public SoundAligner? Aligner { get; init; }

    /// <summary>The search for the most probable text.</summary>
    public WhisperSearch Search { get; }

    /// <summary>Another over the same weights, for another thread, without an aligner; disposed of before this one. Not for the shipped graphs.</summary>
    public WhisperEngine Twin() => new(this);

    /// <summary>Hears a window: afterwards the decoder speaks of it.</summary>
    /// <param name="samples">16 kHz mono.</param>
    /// <param name="frames">Frames of the window, silence behind the samples: even.</param>
    /// <param name="listens">Is the decoder to note where it hears what it says? Recordings are aligned afterwards, by <see cref="Aligner"/>.</param>
    public void Hear(ReadOnlySpan<float> samples, int frames, bool listens = false)
    {
        if (Decoder is IntegerDecoder own) own.Listens = listens;
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
        Aligner?.Dispose();
        States?.Dispose();
        Encoder.Dispose();
        Decoder.Dispose();
    }

    private static MergedDecoder Shipped(WhisperFiles files, WhisperConfig config, int threads, Device device)
    {
        var decoder = new MergedDecoder(files.Decoder, threads, files.DecoderWithPast, device);
        var shape = decoder.Shape;
        return Fitting(decoder, config, files.DecoderWithPast ?? files.Decoder, shape.Layers, Math.Max(0, shape.Heads) * Math.Max(0, shape.HeadSize), shape.Vocabulary);
    }

    private static IntegerDecoder Rewritten(WhisperFiles files, WhisperConfig config, FusedFiles rewritten, int threads)
    {
        try
        {
            var decoder = new IntegerDecoder(rewritten.Decoder, threads, config.AlignmentHeads);
            return Fitting(decoder, config, rewritten.Decoder, decoder.Sizes.Layers, decoder.Sizes.Width, decoder.Sizes.Vocabulary);
        }
        catch (InvalidDataException e)
        {
            throw WhisperFit.Foreign(files.GenerationConfig ?? files.Config, e.Message);
        }
    }

    private static TDecoder Fitting<TDecoder>(TDecoder decoder, WhisperConfig config, string path, int layers, int width, int vocabulary)
        where TDecoder : ITokenDecoder
    {
        try
        {
            WhisperFit.Decoder(path, config, layers, width, vocabulary);
            return decoder;
        }
        catch
        {
            decoder.Dispose();
            throw;
        }
    }
}
