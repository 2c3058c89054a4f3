namespace BroadcastCaptions.Obs.Configuration;

/// <summary>A file in which some version of OBS keeps the settings of its WebSocket server.</summary>
internal interface IObsSettingsFile
{
    /// <summary>Where it lies, or would lie.</summary>
    string Path { get; }

    /// <summary>What it says; null where it says nothing or cannot be read.</summary>
    ObsServerSettings? Read();

    /// <summary>Writes these settings and leaves everything else in the file as it is.</summary>
    void Write(ObsServerSettings settings);
}
