using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.Devices;

/// <summary>
/// The consumer's side of live capture: samples of one session after the other, without gap or overlap on the media clock.
/// <list type="bullet">
/// <item>Lost audio (ring overrun, holes, a stream that ended) becomes silence of the same length, counted.</item>
/// <item>While nothing comes at all, silence flows in real time, so that what was being said is finished and shown.</item>
/// <item>A device's clock is never exactly ours. Every 4 s the least lateness is compared with the position given out: beyond
/// 20 ms one frame a block is doubled or left out (2000 ppm at 48 kHz, inaudible; quartz drifts by 100), beyond 100 ms audio was
/// lost unannounced, and silence is filled in. So the error stays within some 20 ms for as long as the show lasts.</item>
/// <item>Audio that would lie in the future is stale (a stall's backlog for which silence was already given out): left out, counted.</item>
/// </list>
/// </summary>
internal sealed class CaptureReader(MediaClock clock)
{
    private const double FrameSeconds = 0.02, CheckEvery = 4, Tolerance = 0.02, Loss = 0.1, Future = 0.05;
    private const double StallWhileRunning = 1, StallWhileLost = 0.25, ShortestSilence = 0.01;

    private CaptureSession? _session;
    private CaptureSession? _next;
    private AudioFormat _format = AudioFormat.Speech;
    private float[] _buffer = [];
    private float[] _silence = [];
    private bool _placed;      // has the first sample been placed on the media clock?
    private MediaTime _base;
    private long _count;       // frames given out since _base
    private long _owed;        // frames of silence to give out before anything else
    private long _skip;        // frames to throw away before anything else is read
    private long _nudge;       // frames still to double (positive) or leave out (negative), one a block
    private double _nextCheck;
    private long _dropped;
    private long _filled;
    private volatile bool _isStalled;
    private volatile bool _isLost;

    /// <summary>Frames thrown away: ring overruns and stale audio.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Frames of silence given out for lost audio, holes included.</summary>
    public long Filled => Volatile.Read(ref _filled) + (_session?.HoleFrames ?? 0);

    /// <summary>Is silence flowing because nothing comes?</summary>
    public bool IsStalled => _isStalled;

    /// <summary>Is the stream known to be gone? Then silence flows sooner. Set by the tap's supervisor.</summary>
    public bool IsLost
    {
        get => _isLost;
        set => _isLost = value;
    }

    /// <summary>Goes on with another stream once the present one is read empty. Any thread.</summary>
    public void Continue(CaptureSession session) => Volatile.Write(ref _next, session);

    /// <summary>Takes the next frame; never blocks; allocates only when the format changes.</summary>
    public bool TryRead(out AudioFrame frame)
    {
        Adopt();
        if (_session is { } session && _placed)
        {
            Steer(session);
            if (_owed == 0 && ReadReal(session, out frame)) return true;
        }

        OweForStall();
        return ReadSilence(out frame);
    }

    private MediaTime Position => _base.Plus((double)_count / _format.SampleRate);

    private void Adopt()
    {
        if (Volatile.Read(ref _next) is not { HasStarted: true } next || _session?.Ring.FramesWaiting > 0) return;
        Interlocked.CompareExchange(ref _next, null, next);
        Volatile.Write(ref _filled, Filled); // the old session's holes stay counted when it goes
        var position = _placed ? Position : next.FirstSample;
        (_base, _count, _format, _session, _placed) = (position, 0, next.Format, next, true);
        (_owed, _skip, _nudge) = (Math.Max(0, Frames(next.FirstSample - position)), Math.Max(0, Frames(position - next.FirstSample)), 0);
        var room = (Math.Max(1, Frames(FrameSeconds)) + 1) * _format.Channels;
        (_buffer, _silence) = (new float[room], new float[room]);
        _nextCheck = clock.Now.Seconds + CheckEvery;
        _isStalled = false;
    }

    private void Steer(CaptureSession session)
    {
        var now = clock.Now.Seconds;
        var waiting = session.Ring.FramesWaiting;
        if (_isStalled && waiting > 0)
        {
            _isStalled = false;
            _owed += Math.Max(0, Frames(now - session.DeviceDelay - EndOf(waiting)));
        }

        var ahead = EndOf(waiting) - now;
        if (ahead > Future)
        {
            var stale = Math.Clamp(Frames(ahead), 0, Math.Max(0, waiting - _skip));
            _skip += stale;
            Volatile.Write(ref _dropped, _dropped + stale);
        }

        if (now < _nextCheck) return;
        _nextCheck = now + CheckEvery;
        var lateness = session.TakeLeastLateness();
        if (lateness == double.MaxValue) return;
        var due = session.FirstSample.Seconds + ((double)(session.Ring.FramesPassed + _skip) / _format.SampleRate) + lateness;
        var error = due - EndOf(_skip);
        if (error > Loss) (_owed, _nudge) = (_owed + Frames(error), 0);
        else _nudge = Math.Abs(error) > Tolerance ? Frames(error) : 0;
    }

    // Where the last of the waiting frames would come to lie.
    private double EndOf(long waiting) => Position.Seconds + ((double)(_owed + waiting - _skip) / _format.SampleRate);

    private bool ReadReal(CaptureSession session, out AudioFrame frame)
    {
        frame = default;
        var channels = _format.Channels;
        var room = _buffer.AsSpan(0, _buffer.Length - channels); // one frame stays free for doubling
        int length;
        do
        {
            if (_skip > 0) room = room[..(int)Math.Min(room.Length, _skip * channels)];
            length = session.Ring.Read(room, out var lost);
            if (lost > 0)
            {
                var unexpected = Math.Max(0, lost - _skip);
                Volatile.Write(ref _dropped, _dropped + unexpected);
                (_owed, _skip) = (_owed + unexpected, Math.Max(0, _skip - lost));
                return false;
            }

            if (length == 0) return false;
            if (_skip == 0) break;
            _skip -= length / channels;
            room = _buffer.AsSpan(0, _buffer.Length - channels);
        }
        while (true);

        if (_nudge > 0)
        {
            _buffer.AsSpan(length - channels, channels).CopyTo(_buffer.AsSpan(length));
            (_nudge, length) = (_nudge - 1, length + channels);
        }
        else if (_nudge < 0 && length > channels)
        {
            (_nudge, length) = (_nudge + 1, length - channels);
        }

        frame = new AudioFrame(Position, _format, _buffer.AsSpan(0, length));
        _count += length / channels;
        return true;
    }

    private void OweForStall()
    {
        if (!_placed || _owed > 0) return;
        var limit = _isLost ? StallWhileLost : StallWhileRunning;
        var lag = clock.Now.Seconds - Position.Seconds - limit;
        if (lag < ShortestSilence) return;
        _owed = Frames(lag);
        _isStalled = true;
    }

    private bool ReadSilence(out AudioFrame frame)
    {
        frame = default;
        if (_owed == 0) return false;
        var frames = (int)Math.Min(_owed, _silence.Length / _format.Channels);
        frame = new AudioFrame(Position, _format, _silence.AsSpan(0, frames * _format.Channels), isFill: true);
        _owed -= frames;
        _count += frames;
        Volatile.Write(ref _filled, _filled + frames);
        return true;
    }

    private long Frames(double seconds) => (long)Math.Round(seconds * _format.SampleRate);
}
