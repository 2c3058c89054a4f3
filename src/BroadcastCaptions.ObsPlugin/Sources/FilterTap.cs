using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    private readonly nint _filter;
    private readonly Lock _attaching = new();
    private GCHandle _self;
    private nint _parent;         // whose audio we watch; 0: none
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
        IsOff ? OffAirReason.Disabled : source != _parent ? OffAirReason.Unknown : AudioCalls.StateOf(source, muted).OffAir);

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
