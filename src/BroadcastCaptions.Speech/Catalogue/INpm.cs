namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>Knows where npm's registry keeps a package: no address of it stands in this program.</summary>
internal interface INpm
{
    /// <summary>The address of a package's tarball.</summary>
    /// <param name="package">The package, <c>name@version</c>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="SourceException">npm is not installed, or does not reach its registry.</exception>
    Task<Uri> LocateAsync(string package, CancellationToken cancellation);
}
