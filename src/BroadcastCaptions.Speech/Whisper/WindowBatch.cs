using BroadcastCaptions.Metrics;
using BroadcastCaptions.Speech.Decoding;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>What was heard in a window.</summary>
/// <param name="Window">The window.</param>
/// <param name="Segments">Its text.</param>
/// <param name="Times">Start and end of every token of it, marks left out; null where the model cannot tell.</param>
internal sealed record HeardWindow(PackedWindow Window, IReadOnlyList<WindowSegment> Segments, List<(double Start, double End)>? Times);

/// <summary>
/// Windows that are decoded together, of up to Whisper's own 30 s. Answers that are not believed, and windows in which somebody speaks and nothing is heard, are heard again in a
/// whole window. Where the shipped graphs run, windows are whole ones; there, and where several texts are pursued side by side, they are decoded one by one.
/// tiny.en, words wrong in eval/'s clips and in its four long files, each heard with six beginnings (4566 and 2598 words): windows of up to 15 s 10.3 and 9.3 %, 20 s 10.5 and 9.4 %,
/// 30 s 9.2 and 8.4 %; ended at the first pause of 0.5 s behind 6, 10 or 15 s (0191fb4) 9.9, 9.5, 9.4 and 8.5, 8.4, 8.6 %, whole ones 8.8 and 8.5 %, while 60 s took some 0.1 s less. Filled up with silence to whole multiples of 5 s these have 9.2 % in the long files: nothing is added to a window beyond <see cref="WhisperModel.Tail"/>.
/// </summary>
internal sealed class WindowBatch : IDisposable
{
    /// <summary>Bytes that the rows of a batch may take.</summary>
    private const long Memory = 128 << 20;

    /// <summary>Beyond so many windows at once a row's step hardly became cheaper when graphs decoded (tiny.en, 2 threads: 1.1 ms alone, 0.9 of four, 0.9 of eight); not measured since.</summary>
    private const int UsefulRows = 8;

    /// <summary>Seconds of speech from which on the detector is believed rather than the model's doubts.</summary>
    private const double SureSpeech = 0.3;

    /// <summary>Seconds of speech behind the last words that the model must have passed over.</summary>
    private const double Passed = 1;

    private readonly WhisperEngine _engine;
    private readonly WindowDecoder _decoder;
    private readonly Fallback _fallback;
    private readonly WordClock _clock;
    private readonly Counter _retried;
    private readonly List<PackedWindow> _windows = [];
    private readonly DecoderRows? _rows;
    private readonly RowSearch? _search;
    private readonly int _most;

    /// <summary>Makes room.</summary>
    /// <param name="engine">The model.</param>
    /// <param name="decoder">Decodes a single window.</param>
    /// <param name="fallback">What is done against answers that are not believed.</param>
    /// <param name="size">Windows at once; null: as many as pay and take not much memory.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="counters">Where windows are counted that had to be heard again.</param>
    public WindowBatch(WhisperEngine engine, WindowDecoder decoder, Fallback fallback, int? size, int threads, Counters counters)
    {
        (_engine, _decoder, _fallback, _clock) = (engine, decoder, fallback, new(engine));
        _retried = counters.Get("whisper.retried");
        _most = engine.Config.MaximumTokens / 2;
        Size = 1;
        if (engine.Decoder is not IntegerDecoder own || decoder.BeamSize > 1) return;
        _rows = new(own, engine.Config.Positions, engine.Config.MaximumTokens);
        Size = size ?? (int)Math.Clamp(Memory / DecoderRows.BytesOf(own.Sizes, engine.Config.Positions, engine.Config.MaximumTokens), 1, UsefulRows);
        _search = new(engine.Rules, engine.Marks, engine.Config.Vocabulary, threads);
    }

    /// <summary>Windows at once.</summary>
    public int Size { get; }

    /// <summary>Is there room for another window?</summary>
    public bool TakesMore => _windows.Count < Size;

    /// <summary>Hears another window.</summary>
    public void Add(PackedWindow window)
    {
        _windows.Add(window);
        if (_rows is null) return;
        _decoder.Hear(window.Samples, FramesOf(window));
        _rows.Add();
    }

    /// <summary>The windows' texts; then there are none.</summary>
    public IReadOnlyList<HeardWindow> Decode()
    {
        var heard = new HeardWindow?[_windows.Count];
        if (_rows?.Count > 0)
            foreach (var (window, row, answer) in _search!.Run(_rows, _decoder.Prompt([]), _most, Speaks))
                heard[window] = Read(_windows[window], _decoder.Judge(answer, _fallback, VoiceOf(_windows[window])), _rows.HeardBy(row));
        for (var i = 0; i < heard.Length; i++) heard[i] ??= Single(_windows[i]);
        _windows.Clear();
        return heard!;
    }

    /// <summary>Forgets windows that were not decoded: a recording was stopped.</summary>
    public void Clear()
    {
        _windows.Clear();
        _rows?.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _rows?.Dispose();

    private int FramesOf(PackedWindow window) => _engine.Decoder is IntegerDecoder && _engine.Encoder.TakesLess
        ? Math.Min(_engine.Config.WindowFrames, LogMel.FramesOf(Math.Max(WhisperModel.ShortestWindow, window.Seconds + WhisperModel.Tail)))
        : _engine.Config.WindowFrames;

    private static Voice VoiceOf(PackedWindow window) => window.SpeechFrom(0) >= SureSpeech ? Voice.Surely : Voice.Unknown;

    private bool Speaks(int window, double second) => Speaks(_windows[window], second);

    private static bool Speaks(PackedWindow window, double second) => window.SpeechFrom(second) > Passed;

    private HeardWindow? Read(PackedWindow window, IReadOnlyList<ScoredToken>? tokens, KeysAndValues? heard)
    {
        if (tokens is null) return null;
        var parts = WindowSegments.Whole(tokens, _engine.Marks, window.Seconds);
        if (heard is not null && Speaks(window, parts.Consumed)) return null;
        return new(window, parts.Segments, _clock.Times(parts.Segments, window.Seconds, _decoder.SpokenLanguage, _decoder.Translates, lastSpeech: 0, heard));
    }

    private HeardWindow Single(PackedWindow window)
    {
        if (_rows is not null) _retried.Add();
        return Read(window, _decoder.Decode(window.Samples, _rows is null ? FramesOf(window) : _engine.Config.WindowFrames, [], _fallback, VoiceOf(window)), heard: null)!;
    }
}
