using System.Text.Json.Nodes;
using BroadcastCaptions.Events;
using BroadcastCaptions.Obs.Protocol;

namespace BroadcastCaptions.Obs.Setup;

/// <summary>Our filter on the microphone.</summary>
internal static class MicrophoneFilter
{
    private const string Component = "obs:filter";

    /// <summary>The filter's kind, as plugin-manifest/ declares it.</summary>
    internal const string Kind = "broadcast_captions_filter";

    private const string Name = "BroadcastCaptions";

    /// <summary>Puts it on a source that has none, behind the filters that are there.</summary>
    /// <exception cref="ObsRequestException">OBS refused: it does not know the filter.</exception>
    public static async Task<ComponentState> AttachAsync(ObsClient client, string source, CancellationToken cancellation)
    {
        var filters = await client.RequestAsync("GetSourceFilterList", new JsonObject { ["sourceName"] = source }, cancellation);
        if (filters.Items("filters").Any(filter => filter.Text("filterKind") == Kind))
            return new ComponentState(Component, Health.Ok, $"\"{source}\" has the filter already.");
        await client.RequestAsync("CreateSourceFilter", new JsonObject { ["sourceName"] = source, ["filterName"] = Name, ["filterKind"] = Kind }, cancellation);
        return new ComponentState(Component, Health.Ok, $"The filter was put on \"{source}\": 'captions live --tap obs' captions it.");
    }
}
