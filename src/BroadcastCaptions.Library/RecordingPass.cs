using System.Runtime.CompilerServices;
using System.Threading.Channels;
using BroadcastCaptions.Audio;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Speech.Recordings;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Library;

/// <summary>One recording's way through an engine, on a thread of its own: recognition must not wait for the thread pool, nor hold it.</summary>
internal sealed class RecordingPass : ISpeechSamples
{
    private const double ReportEvery = 1; // seconds of the recording

    private readonly Recording _recording;
    private readonly MediaTime _from;
    private readonly IProgress<TranscriptionProgress>? _progress;
    private readonly CancellationToken _stop;
    private readonly Channel<Transcript> _finals = Channel.CreateUnbounded<Transcript>(new() { SingleReader = true, SingleWriter = true });
    private double _nextReport;

    private RecordingPass(Recording recording, MediaTime from, IProgress<TranscriptionProgress>? progress, CancellationToken stop) =>
        (_recording, _from, _progress, _stop) = (recording, from, progress, stop);

    /// <summary>The finals as they come; ends with the recording, or throws what ended it. Once it ends nobody uses the recogniser.</summary>
    public static async IAsyncEnumerable<Transcript> RunAsync(
        IRecordingRecognizer recognizer, Recording recording, MediaTime from, IProgress<TranscriptionProgress>? progress,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pass = new RecordingPass(recording, from, progress, stop.Token);
        var running = pass.Start(recognizer);
        try
        {
            await foreach (var final in pass._finals.Reader.ReadAllAsync(CancellationToken.None)) yield return final;
        }
        finally
        {
            await stop.CancelAsync();
            await running;
        }
    }

    /// <inheritdoc/>
    public int Read(Span<float> buffer)
    {
        var read = _recording.Read(buffer, _stop);
        if (read == 0 || _recording.Position >= _nextReport) Report();
        return read;
    }

    private Task Start(IRecordingRecognizer recognizer)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            Run(recognizer);
            done.SetResult();
        })
        { Name = "captions-recording", IsBackground = true };
        thread.Start();
        return done.Task;
    }

    private void Run(IRecordingRecognizer recognizer)
    {
        try
        {
            var skipped = Skip();
            foreach (var final in recognizer.Recognize(this, _stop)) _finals.Writer.TryWrite(Later(final, skipped));
            _finals.Writer.Complete();
        }
        catch (Exception e)
        {
            _finals.Writer.Complete(e);
        }
    }

    private void Report()
    {
        _nextReport = _recording.Position + ReportEvery;
        _progress?.Report(new(_recording.Position, _recording.Duration));
    }

    /// <summary>Leaves out what is not to be heard; returns how much that was, in seconds.</summary>
    private double Skip()
    {
        var left = _from.ToSamples(AudioFormat.Speech.SampleRate);
        var scratch = new float[AudioFormat.Speech.SampleRate];
        while (left > 0)
        {
            var read = _recording.Read(scratch.AsSpan(0, (int)Math.Min(left, scratch.Length)), _stop);
            if (read == 0) break;
            left -= read;
        }

        return _recording.Position;
    }

    private static Transcript Later(Transcript final, double by) => by == 0 ? final : new(
        final.Source, final.Segment, final.Revision, final.IsFinal, final.Start.Plus(by), final.End.Plus(by), final.Language,
        [.. final.Words.Select(word => word with { Start = word.Start.Plus(by), End = word.End.Plus(by) })], final.StableWords);
}
