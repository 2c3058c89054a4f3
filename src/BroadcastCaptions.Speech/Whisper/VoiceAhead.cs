using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Recordings;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>
/// Reads a recording in steps of the detector and hears whether somebody speaks, on a thread of its own and half a minute ahead: the model
/// leaves a part of the processor unused while it decodes.
/// </summary>
internal sealed class VoiceAhead : IDisposable
{
    private const int Step = VoiceWindow.Samples;
    private const int Ahead = 30 * VoiceWindow.SampleRate / Step; // a window of the model

    private readonly BlockingCollection<(float[] Samples, float Probability)> _steps = new(Ahead);
    private readonly CancellationTokenSource _end;
    private readonly Thread _work;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Begins to read.</summary>
    /// <param name="samples">The recording; nobody else reads it meanwhile.</param>
    /// <param name="detectors">Makes a voice detector.</param>
    /// <param name="cancellation">Ends it.</param>
    public VoiceAhead(ISpeechSamples samples, Func<IVoiceDetector> detectors, CancellationToken cancellation)
    {
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _work = new Thread(() => Listen(samples, detectors)) { Name = "captions-voice", IsBackground = true };
        _work.Start();
    }

    /// <summary>Each step with the probability of speech in it; behind the recording's last sample lies silence.</summary>
    /// <exception cref="Failures.CaptionsException">The recording is damaged here.</exception>
    public IEnumerable<(float[] Samples, float Probability)> Steps()
    {
        foreach (var step in _steps.GetConsumingEnumerable()) yield return step;
        _failure?.Throw(); // what ended it, where that was not the recording's end
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _work.Join(); // the recording is its owner's again
        _end.Dispose();
        _steps.Dispose();
    }

    private void Listen(ISpeechSamples samples, Func<IVoiceDetector> detectors)
    {
        try
        {
            using var detector = detectors();
            for (var step = new float[Step]; Fill(samples, step) > 0; step = new float[Step]) _steps.Add((step, detector.Next(step)), _end.Token);
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e); // the reader throws it
        }
        finally
        {
            _steps.CompleteAdding();
        }
    }

    private static int Fill(ISpeechSamples samples, float[] step)
    {
        var count = 0;
        for (var read = -1; count < Step && read != 0; count += read) read = samples.Read(step.AsSpan(count));
        return count;
    }
}
