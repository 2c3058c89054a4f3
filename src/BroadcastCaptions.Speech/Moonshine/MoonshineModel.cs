using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Alignment;
using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Rewriting;

namespace BroadcastCaptions.Speech.Moonshine;

/// <summary>Moonshine tiny or base, English. Not thread-safe: one inference loop owns it.</summary>
public sealed class MoonshineModel : ITwinModel
{
    /// <summary>Most tokens a second of audio, by Moonshine's authors: more is a loop.</summary>
    private const double TokensPerSecond = 6.5;

    /// <summary>Samples between two positions of the encoder's output: the strides of its convolutions, 64 · 3 · 2.</summary>
    private const int SamplesAPosition = 384;

    /// <summary>Tokens on top, so that a word of a syllable or two is never cut short.</summary>
    private const int SpareTokens = 2;

    /// <summary>The encoder's convolutions want about 0.06 s; below 0.2 s there is no word to lose by silence behind it.</summary>
    private const int MinimumSamples = VoiceWindow.SampleRate / 5;

    private readonly MoonshineEncoder _encoder;
    private readonly ITokenDecoder _decoder;
    private readonly WordReader _reader;
    private readonly GreedySearch _search = new();
    private readonly TokenClock _clock = new(SamplesAPosition);
    private readonly List<ScoredToken> _found = [];

    /// <summary>Loads a model and warms it up: the first runs after loading are two to three times slower.</summary>
    /// <param name="files">The model's files.</param>
    /// <param name="options">How many threads the encoder takes (the decoder waits for memory, and takes one), and what computes; auto is the processor.</param>
    /// <exception cref="Failures.CaptionsException">A file is missing, damaged, or something else; or the device is not to be had.</exception>
    public MoonshineModel(MoonshineFiles files, ModelOptions options)
    {
        _reader = new(LlamaVocabulary.Load(files.Vocabulary));
        var threads = CpuBudget.Of(options).Threads;
        using var session = Sessions.Options(threads, options.Device);
        (Graphs, var rewritten) = options.Device is Device.Auto or Device.Cpu
            ? ModelRewriter.Open(files)
            : (new RewriteOutcome(false, false, "The shipped model runs: the rewritten one is for processors."), null);
        (_encoder, _decoder) = Together.Make<MoonshineEncoder, ITokenDecoder>(
            () => new(rewritten?.Encoder ?? files.Encoder, session),
            () => rewritten is null ? new MergedDecoder(files.Decoder, threads, device: options.Device) : new IntegerDecoder(rewritten.Decoder));
        WarmUp();
    }

    private MoonshineModel(MoonshineModel first, IntegerDecoder decoder) =>
        (_reader, Graphs, _encoder, _decoder) = (first._reader.Twin(), first.Graphs, first._encoder.Twin(), decoder);

    /// <summary>Which graphs run, the rewritten or the shipped, and why.</summary>
    public RewriteOutcome Graphs { get; }

    /// <inheritdoc/>
    public bool GainsByRehearing => true;

    bool ITwinModel.CanTwin => _decoder is IntegerDecoder;

    ISpeechModel ITwinModel.Twin() => _decoder is IntegerDecoder decoder
        ? new MoonshineModel(this, decoder.Twin())
        : throw new InvalidOperationException("The shipped graphs have no twin.");

    /// <inheritdoc/>
    public ModelText Recognize(ReadOnlySpan<float> samples, bool expectWords, IReadOnlyList<ScoredToken> previous)
    {
        var cap = (int)(TokensPerSecond * samples.Length / VoiceWindow.SampleRate) + SpareTokens;
        using var states = _encoder.Encode(samples, MinimumSamples);
        var shape = states.GetTensorTypeAndShape().Shape; // batch, positions, width
        _decoder.Attend(states, (int)shape[1], cap + 1);
        var looped = _search.Run(_decoder, previous, cap, expectWords, _found);
        _clock.Read(_decoder.Listened(0, _found.Count), _found.Count, Math.Max(samples.Length, MinimumSamples));
        _decoder.Leave();
        return new([.. _found], _reader.Read(_found, _clock), "en", looped) { Urged = _search.Urged };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
    }

    private void WarmUp()
    {
        var noise = new float[VoiceWindow.SampleRate];
        for (var i = 0; i < noise.Length; i++) noise[i] = 0.05f * MathF.Sin(i * i * 1e-4f);
        for (var round = 0; round < 3; round++) Recognize(noise, expectWords: true, []);
    }
}
