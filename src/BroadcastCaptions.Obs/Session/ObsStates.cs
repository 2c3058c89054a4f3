using BroadcastCaptions.Events;

namespace BroadcastCaptions.Obs.Session;

/// <summary>What is the case with the connection, and what to do about it, in a sentence each.</summary>
internal static class ObsStates
{
    public const string Component = "obs";

    private const string ConnectInfo = "Tools → WebSocket Server Settings → Show Connect Info";

    public static ComponentState Connected(ObsVersion version) => new(Component, Health.Ok, $"Connected to {version}.");

    public static ComponentState Describe(ObsConnectionException e, ObsConfiguration configuration) => e.Failure switch
    {
        ObsFailure.Unreachable => Unreachable(configuration),
        ObsFailure.NotObs => Failed(e, $"End the other program, or give OBS another port (Tools → WebSocket Server Settings) and restart OBS."),
        ObsFailure.WrongPassword => Failed(e, $"Copy the password from OBS ({ConnectInfo}) into obs.password, or leave obs.password out: it is read from OBS's own configuration."),
        ObsFailure.Kicked => Failed(e, "Ask for a new connection when you want captions in OBS again."),
        _ => new(Component, Health.Waiting, e.Message, "Captions come back by themselves when OBS does."),
    };

    private static ComponentState Unreachable(ObsConfiguration configuration) => (configuration.ServerEnabled, configuration.IsRunning) switch
    {
        (false, true) => new(Component, Health.Failed, "OBS runs, but its WebSocket server is switched off.", ObsConfiguration.EnableMenu),
        (false, false) => new(Component, Health.Waiting, "OBS is not running, and its WebSocket server is switched off.",
            $"{ObsConfiguration.EnableMenu} Or, while OBS is closed: captions obs setup."),
        (true, true) => new(Component, Health.Waiting, $"OBS runs, but does not listen at {configuration.Endpoint} yet.",
            "If this lasts: restart OBS, and look into Tools → WebSocket Server Settings."),
        (true, false) => new(Component, Health.Waiting, $"OBS is not running (nothing answers at {configuration.Endpoint}).",
            "Start OBS; captions appear in it by themselves."),
        _ => new(Component, Health.Waiting, $"Nothing answers at {configuration.Endpoint}.",
            $"Start OBS. {ObsConfiguration.EnableMenu}"),
    };

    private static ComponentState Failed(ObsConnectionException e, string remedy) => new(Component, Health.Failed, e.Message, remedy);
}
