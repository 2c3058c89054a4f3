using System.Text.Json;

namespace BroadcastCaptions.Obs;

/// <summary>Something happened in OBS.</summary>
/// <param name="Type">obs-websocket's name: "SceneCreated".</param>
/// <param name="Data">The event's fields; undefined where it has none.</param>
/// <param name="Received">Timestamp of the client's <see cref="TimeProvider"/> at which it arrived.</param>
public sealed record ObsEvent(string Type, JsonElement Data, long Received);

/// <summary>The kinds of events that a client asks for (obs-websocket's EventSubscription bits).</summary>
[Flags]
public enum ObsEvents
{
    /// <summary>No events.</summary>
    None = 0,

    /// <summary>Vendor-free custom events, OBS's exit.</summary>
    General = 1 << 0,

    /// <summary>Scene collections and profiles.</summary>
    Config = 1 << 1,

    /// <summary>Scenes made, removed, renamed, switched.</summary>
    Scenes = 1 << 2,

    /// <summary>Inputs made, removed, renamed, muted.</summary>
    Inputs = 1 << 3,
}
