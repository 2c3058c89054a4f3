using System.Diagnostics;
using BroadcastCaptions.ObsPlugin.Native;
using BroadcastCaptions.ObsPlugin.Taps;

namespace BroadcastCaptions.ObsPlugin.Host;

/// <summary>
/// The captioner that we start for the user: with OBS or with the stream, as the most willing tap wants it; again if it dies, with back-off; never
/// where one listens already. It ends when we close its input, or when OBS dies, which closes it too. Sender only, but for <see cref="State"/>.
/// </summary>
/// <param name="commandFile">Program and arguments, one a line, as 'captions plugin install' left it.</param>
internal sealed class CaptionerProcess(string commandFile)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>A captioner that ran for this long did not fail at its start.</summary>
    private static readonly TimeSpan LongRun = TimeSpan.FromSeconds(60);

    /// <summary>How long a fresh captioner may take to listen: it loads its model first.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Exit codes with which it says, last, what is wrong and what to do.</summary>
    private const int Failed = 1, Misused = 2;

    private volatile bool _ending;
    private readonly List<IChild> _leaving = []; // told to end; their remains are taken when they have
    private IChild? _child;
    private long _started;
    private long _next;
    private TimeSpan _pause = FirstPause;

    /// <summary>How it is, for the user. Any thread.</summary>
    public string State { get; private set; } = "";

    /// <summary>Starts, restarts or ends it, as is due.</summary>
    /// <param name="taps">Whose wishes count.</param>
    public void Step(IReadOnlyList<TapInstance> taps)
    {
        _leaving.RemoveAll(leaving => leaving.ExitCode() is not null);
        var wanted = !_ending && IsWanted(taps);
        if (_child is { } child && child.ExitCode() is { } code) Ended(code);
        if (_child is not null && !wanted) Stop();
        if (_child is not null || !wanted || Stopwatch.GetTimestamp() < _next || taps.Any(tap => tap.Link.IsConnected)) return;
        if (_next == 0) Wait(Patience); // one that the user started is met first
        else Start();
    }

    /// <summary>OBS ends: it is to end too, and not to be started again. Any thread.</summary>
    public void End() => _ending = true;

    private void Stop()
    {
        if (_child is null) return;
        _child.Dispose();
        if (!_ending) _leaving.Add(_child);
        _child = null;
        State = "";
    }

    private static bool IsWanted(IReadOnlyList<TapInstance> taps)
    {
        var wish = taps.Count == 0 ? StartWish.ByHand : taps.Max(tap => tap.Settings.IsBypassed ? StartWish.ByHand : tap.Settings.Start);
        return wish == StartWish.WithObs || (wish == StartWish.WithStream && Frontend.IsStreaming);
    }

    private void Start()
    {
        try
        {
            if (!File.Exists(commandFile)) throw new IOException("the plug-in does not know where it is");
            var command = File.ReadAllLines(commandFile);
            _child = Child.Start(command);
            _started = Stopwatch.GetTimestamp();
            State = "The captioner is starting.";
            Log.Info($"The captioner is started: {string.Join(' ', command)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            Fail($"The captioner cannot be started ({e.Message}): run 'captions plugin install' again.");
        }
    }

    private void Ended(int code)
    {
        var words = code is Failed or Misused && _child is not null ? _child.LastWords : [];
        foreach (var line in words.SkipLast(2)) Log.Warn($"The captioner said: {line}");
        _child?.Dispose();
        _child = null;
        if (Stopwatch.GetElapsedTime(_started) > LongRun) _pause = FirstPause;
        Fail(words.Count == 0 ? $"The captioner ended (code {code})." : $"The captioner ended. {string.Join(' ', words.TakeLast(2))}");
    }

    private void Fail(string why)
    {
        State = $"{why} Next try in {_pause.TotalSeconds:0} s.";
        Log.Warn(State);
        Wait(_pause);
        _pause = TimeSpan.FromTicks(Math.Min(2 * _pause.Ticks, LongestPause.Ticks));
    }

    private void Wait(TimeSpan time) => _next = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
}
