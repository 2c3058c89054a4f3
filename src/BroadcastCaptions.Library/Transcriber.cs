using System.Runtime.CompilerServices;
using BroadcastCaptions.Captions.Filters;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Library.Engines;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Speech.Catalogue;

namespace BroadcastCaptions.Library;

/// <summary>
/// A loaded model that turns recordings and live audio into words with times, on this machine. Load it once and use it often;
/// what is asked of it at the same time waits its turn. Thread-safe.
/// </summary>
public sealed class Transcriber : IDisposable
{
    private readonly SpeechEngine _engine;
    private readonly CatalogueModel _model;
    private readonly TranscriberOptions _options;
    private readonly SemaphoreSlim _turn = new(1);

    private Transcriber(SpeechEngine engine, CatalogueModel model, TranscriberOptions options) => (_engine, _model, _options) = (engine, model, options);

    /// <summary>The model's name in the catalogue.</summary>
    public string Model => _model.Name;

    /// <summary>Defects by name: segments cut by force, loops of the model, and so on, since it was loaded.</summary>
    public Counters Counters { get; } = new();

    /// <summary>Loads a model; fetches it first where it is not on this machine (32 MB and up, verified by SHA-256).</summary>
    /// <param name="model">Name in the catalogue ("moonshine-tiny"); "auto": the best that is on this machine, else the best there is.</param>
    /// <param name="options">Where it comes from, and what it may take.</param>
    /// <param name="progress">Told of downloads.</param>
    /// <param name="cancellation">Ends the wait; what was downloaded stays for the next time.</param>
    /// <exception cref="CaptionsException">No such model, not to be had, or damaged; says what to do about it.</exception>
    public static async Task<Transcriber> LoadAsync(
        string model = ModelOptions.Auto, TranscriberOptions? options = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        var all = options ?? new();
        var chosen = Choose(model, all, new());
        return new(await EngineLoader.LoadAsync(chosen, all.ToModel(chosen.Name), all.Speech, progress, cancellation), chosen, all);
    }

    /// <summary>Which model would be loaded for a wish; loads nothing.</summary>
    /// <exception cref="CaptionsException">No such model, or it cannot do that.</exception>
    public static CatalogueModel Choose(string model, TranscriberOptions options, TranscriptionOptions wanted) =>
        new ModelAbility(new ModelStore(options.ToModel(model))).Choose(options.ToModel(model), wanted.ToRecording());

    /// <summary>Transcribes a file: WAV, and whatever FFmpeg reads where that is installed, audio or video.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Ends it between two passes of the model.</param>
    /// <exception cref="CaptionsException">The file cannot be read, or the model cannot do that.</exception>
    public async Task<Transcription> TranscribeAsync(
        string path, TranscriptionOptions? options = null, IProgress<TranscriptionProgress>? progress = null, CancellationToken cancellation = default)
    {
        await using var recording = await Recording.OpenAsync(path, _options.Ffmpeg, cancellation);
        return await TranscribeAsync(recording, options, progress, cancellation);
    }

    /// <summary>Transcribes what a stream holds, in any form that a file may have.</summary>
    /// <inheritdoc cref="TranscribeAsync(string, TranscriptionOptions?, IProgress{TranscriptionProgress}?, CancellationToken)"/>
    public async Task<Transcription> TranscribeAsync(
        Stream audio, TranscriptionOptions? options = null, IProgress<TranscriptionProgress>? progress = null, CancellationToken cancellation = default)
    {
        await using var recording = await Recording.OpenAsync(audio, _options.Ffmpeg, cancellation);
        return await TranscribeAsync(recording, options, progress, cancellation);
    }

    /// <summary>Transcribes samples.</summary>
    /// <param name="samples">Mono, −1 … 1.</param>
    /// <param name="sampleRate">Samples a second, 1 … 768,000.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Ends it between two passes of the model.</param>
    /// <exception cref="CaptionsException">The model cannot do that.</exception>
    public async Task<Transcription> TranscribeAsync(
        ReadOnlyMemory<float> samples, int sampleRate, TranscriptionOptions? options = null, IProgress<TranscriptionProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        await using var recording = Recording.FromSamples(samples, sampleRate);
        return await TranscribeAsync(recording, options, progress, cancellation);
    }

    /// <summary>Transcribes a recording, and gives each stretch of speech as soon as it is recognised.</summary>
    /// <param name="recording">Opened by the caller, who disposes it.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Ends it between two passes of the model.</param>
    /// <exception cref="CaptionsException">The recording is damaged, or the model cannot do that.</exception>
    public async IAsyncEnumerable<Transcript> StreamAsync(
        Recording recording, TranscriptionOptions? options = null, IProgress<TranscriptionProgress>? progress = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var wanted = options ?? new();
        new ModelAbility(new ModelStore(_options.ToModel(_model.Name))).Check(_model, wanted.ToRecording());
        var filter = Filter(wanted.BlockList);
        recording.Take();
        await _turn.WaitAsync(cancellation);
        try
        {
            using var recognizer = _engine.CreateRecording(wanted.ToRecording(), Counters);
            await foreach (var final in RecordingPass.RunAsync(recognizer, recording, wanted.From, progress, cancellation)) yield return filter.Apply(final);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Captions live audio: partials, which may still change, and a final for each stretch of speech, as they come. Media time zero
    /// is the first sample.
    /// </summary>
    /// <param name="blocks">Interleaved samples, −1 … 1, in blocks of 10 … 100 ms as they are captured.</param>
    /// <param name="sampleRate">Samples a second and channel, 1 … 768,000.</param>
    /// <param name="channels">1 … 255; they are averaged.</param>
    /// <param name="options">How the words are to come.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<Transcript> CaptionAsync(
        IAsyncEnumerable<ReadOnlyMemory<float>> blocks, int sampleRate, int channels = 1, LiveOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var wanted = options ?? new();
        var filter = Filter(wanted.BlockList);
        var display = new DisplayOptions { Policy = wanted.Policy };
        await _turn.WaitAsync(cancellation);
        try
        {
            using var recognizer = _engine.CreateLive(display, Counters);
            var pass = new LivePass(recognizer, display, new(sampleRate, channels));
            await foreach (var transcript in pass.RunAsync(blocks, cancellation)) yield return filter.Apply(transcript);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine.Dispose();
        _turn.Dispose();
    }

    private async Task<Transcription> TranscribeAsync(
        Recording recording, TranscriptionOptions? options, IProgress<TranscriptionProgress>? progress, CancellationToken cancellation)
    {
        var transcripts = new List<Transcript>();
        await foreach (var final in StreamAsync(recording, options, progress, cancellation)) transcripts.Add(final);
        return new(transcripts, recording.Position, Model, recording.Warning);
    }

    private ITextFilter Filter(BlockListOptions? blocked) => TextFilters.From(blocked ?? new() { Enabled = false }, Counters);
}
