using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BroadcastCaptions.Bridge;
using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.ObsPlugin.Native;
using BroadcastCaptions.ObsPlugin.Taps;

namespace BroadcastCaptions.ObsPlugin.Sources;

/// <summary>
/// A filter on one source. The sound is taken where the filter stands in the chain; whether viewers hear it is asked when the same block
/// leaves the chain, because only there OBS tells of push-to-talk.
/// </summary>
internal sealed unsafe class FilterTap : TapInstance
{
    /// <summary>
    /// ns after which libobs says itself that a source is inactive. It does so when its mixer comes to that moment, a second later at most (its buffer of
    /// sound holds 960 ms); with the buffer full the captioner heard of it 1.1 … 1.8 s after it was hidden.
    /// </summary>
    private const long LibObsKnowsAfter = 3_000_000_000;

    private readonly nint _filter;
    private readonly Lock _attaching = new();
    private GCHandle _self;
    private nint _parent;         // whose audio we watch; 0: none
    private long _hiddenUntil;    // BridgeClock's time until which an item's hiding counts; 0: none was hidden
    private long _awayUntil;      // and until which the program's leaving it does
    private volatile bool _heard; // audio came since the filter was put on a source: only then the source is surely alive

    public FilterTap(nint filter, TapSettings settings)
        : base(settings)
    {
        _filter = filter;
        _self = GCHandle.Alloc(this);
    }

    /// <inheritdoc/>
    public override SourceKind Kind => SourceKind.Filter;

    /// <inheritdoc/>
    public override nint Data => GCHandle.ToIntPtr(_self);

    /// <summary>The tap that a callback is for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FilterTap Of(nint data) => (FilterTap)GCHandle.FromIntPtr(data).Target!;

    /// <summary>Audio thread: a block passes the filter. It is only read.</summary>
    public void Hear(AudioData* audio)
    {
        _heard = true;
        ReadOnlySpan<nint> planes = audio->Planes;
        Tap.Hear(planes[..(Settings.IsBypassed ? 0 : Tap.Channels)], (int)audio->Frames);
    }

    /// <summary>Audio thread: a block has left the chain of filters.</summary>
    public void Judge(nint source, bool muted) => Tap.Judge(
        IsOff ? OffAirReason.Disabled : source != _parent ? OffAirReason.Unknown : IsHidden ? OffAirReason.Inactive : AudioCalls.StateOf(source, muted).OffAir);

    /// <summary>The source whose audio we watch; 0: none. To be compared, not to be asked: it may be gone.</summary>
    public nint Parent => Volatile.Read(ref _parent);

    /// <summary>Any thread: an item in the program that shows the source was hidden, and it is off air from now on; or it was shown.</summary>
    public void SetHidden(bool hidden) => Volatile.Write(ref _hiddenUntil, Until(hidden));

    /// <summary>Any thread: the program shows a scene without the source, and it is off air from now on; or one with it.</summary>
    public void SetAway(bool away) => Volatile.Write(ref _awayUntil, Until(away));

    private bool IsHidden => IsAhead(ref _hiddenUntil) || IsAhead(ref _awayUntil);

    private static long Until(bool off) => off ? BridgeClock.Now + LibObsKnowsAfter : 0;

    private static bool IsAhead(ref long time) => Volatile.Read(ref time) is var until && until != 0 && BridgeClock.Now < until;

    /// <inheritdoc/>
    public override bool Refresh()
    {
        lock (_attaching)
        {
            if (!_heard || !_self.IsAllocated) return false;
            var parent = LibObs.obs_filter_get_parent(_filter);
            if (parent == 0) return false;
            if (_parent != parent)
            {
                Unwatch();
                _parent = parent;
                LibObs.obs_source_add_audio_capture_callback(parent, FilterCallbacks.Captured, Data);
            }

            var name = Utf8.Bytes(LibObs.obs_source_get_name(parent));
            if (!name.SequenceEqual(Name)) Name = name.ToArray();
            if (LibObs.obs_get_audio_info(out var info) != 0) Tap.SetFormat((int)info.SamplesPerSecond, info.Speakers);
            return true;
        }
    }

    /// <summary>The filter was taken off its source, which is alive until we return.</summary>
    public void Leave()
    {
        lock (_attaching)
        {
            Unwatch();
            _heard = false;
        }
    }

    /// <inheritdoc/>
    public override void Detach()
    {
        lock (_attaching)
        {
            Unwatch();
            _self.Free();
        }
    }

    private void Unwatch()
    {
        if (_parent != 0) LibObs.obs_source_remove_audio_capture_callback(_parent, FilterCallbacks.Captured, Data);
        _parent = 0;
    }
}
